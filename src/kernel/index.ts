export type { Kernel } from './kernel.js';
export { kernelNormals } from './normals.js';
export type { Precision } from './precision.js';
export { assertSimulable } from './simulable.js';
export { createKernelSteppers } from './steppers.js';
export { createTwoLayerSteppers } from './two-layer-steppers.js';
export type { CreateMeasuredStepper } from './two-layer-steppers.js';
