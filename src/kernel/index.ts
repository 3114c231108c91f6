export { kernelNormals } from './normals.js';
export type { Precision } from './precision.js';
export { createKernelSteppers } from './steppers.js';
export type { CreateMeasuredStepper } from './steppers.js';
export { assertDecay } from './two-layer-sgd/decay.js';
