// What pages load where they simulate other rules than two-layer SGD.
export { createKernelSteppers } from './steppers/kernel-steppers.js';
