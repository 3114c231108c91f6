import { createKernelSteppers, type CreateMeasuredStepper, type Precision } from '#kernel';
import { loadKernel } from '#kernel/node';

/** Makes the fastest steppers in this thread, for pilot runs. */
export async function loadSteppers(): Promise<(precision: Precision) => CreateMeasuredStepper> {
  const kernel = await loadKernel();
  return (precision) => createKernelSteppers(kernel, precision);
}
