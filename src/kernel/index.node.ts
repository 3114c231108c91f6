export { loadKernel } from './load.node.js';
