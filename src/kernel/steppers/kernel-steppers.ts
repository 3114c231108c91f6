import { definitionOf, isTwoLayer } from '#model';
import { createCompiledStepper } from '../compiled-rule/stepper.js';
import type { Kernel } from '../kernel.js';
import type { Precision } from '../precision.js';
import { createTwoLayerSteppers, type CreateMeasuredStepper } from './two-layer-steppers.js';

/**
 * The fastest steppers there are: the kernel for two-layer SGD, the compiled step for rules that are described by their definition, the
 * reference implementation for all others.
 */
export function createKernelSteppers(kernel: Kernel, precision: Precision): CreateMeasuredStepper {
  const twoLayers = createTwoLayerSteppers(kernel, precision);
  return (model, ...given) => {
    const definition = isTwoLayer(model) ? null : definitionOf(model);
    return definition ? createCompiledStepper(kernel, definition, model, ...given) : twoLayers(model, ...given);
  };
}
