import type { Matrix } from '#linalg';
import type { Accumulator, MeasurementContext } from '#measure';
import { createReferenceStepper, epochSize, isTwoLayer, type RuleModel, type State, type Stepper } from '#model';
import type { Kernel } from '../kernel.js';
import type { Precision } from '../precision.js';
import { createTwoLayerStepper } from '../two-layer-sgd/stepper.js';

/** A stepper that may bring its own accumulator; any other is measured by the reference implementation. */
type MeasuredStepper = Stepper & {
  /** For the probes of these stimuli (K x n); null for a context that it does not serve. */
  readonly accumulator?: (context: MeasurementContext<State>, stimuli: Matrix) => Accumulator | null;
};

/** Makes steppers as `CreateStepper` does. */
export type CreateMeasuredStepper = (
  model: RuleModel,
  seed: number,
  replicas: readonly number[],
  starts: readonly State[],
) => MeasuredStepper;

/**
 * Steppers of two-layer SGD by the kernel, where it draws independent samples; the reference implementation for all else. They come
 * without the compiler of other rules.
 */
export function createTwoLayerSteppers(kernel: Kernel, precision: Precision): CreateMeasuredStepper {
  return (model, ...given) =>
    isTwoLayer(model) && epochSize(model.input) === 0
      ? createTwoLayerStepper(kernel, precision, model, ...given)
      : createReferenceStepper(model, ...given);
}
