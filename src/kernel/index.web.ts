export { loadKernel } from './load.web.js';
