export type { Kernel } from './kernel.js';
export { kernelNormals } from './normals.js';
export type { Precision } from './precision.js';
export { assertSimulable, createKernelSteppers } from './steppers.js';
export type { CreateMeasuredStepper } from './steppers.js';
