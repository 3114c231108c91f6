export { loadKernel } from './load.node.js';
export { buildNative, removeNative } from './native/build.node.js';
export { describeKernel } from './native/load.node.js';
