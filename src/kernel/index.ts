export { kernelNormals } from './normals.js';
export { checkedDecay, createKernelSteppers } from './stepper.js';
export type { Precision } from './instance.js';
