export type { Kernel } from './kernel.js';
export { kernelNormals } from './normals.js';
export type { Precision } from './precision.js';
export { assertSimulable } from './steppers/simulable.js';
export { createKernelSteppers } from './steppers/kernel-steppers.js';
export { createTwoLayerSteppers } from './steppers/two-layer-steppers.js';
export type { CreateMeasuredStepper } from './steppers/two-layer-steppers.js';
