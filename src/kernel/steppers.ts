import type { Matrix } from '#linalg';
import type { Accumulator, MeasurementContext } from '#measure';
import { createReferenceStepper, isTwoLayer, ruleOf, type RuleModel, type State, type Stepper } from '#model';
import type { Precision } from './precision.js';
import { assertDecay } from './two-layer-sgd/decay.js';
import { createTwoLayerStepper } from './two-layer-sgd/stepper.js';

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

/** The fastest steppers there are: the kernel for the rules that it knows, the reference implementation for all others. */
export function createKernelSteppers(module: WebAssembly.Module, precision: Precision): CreateMeasuredStepper {
  return (model, ...given) =>
    isTwoLayer(model)
      ? createTwoLayerStepper(module, precision, model, ...given)
      : createReferenceStepper(model, ...given);
}

/**
 * Throws InvalidInputError for a model that its rule rejects, or that cannot be simulated in this precision. The reference
 * implementation computes in double precision whatever is asked for.
 */
export function assertSimulable(model: RuleModel, precision: Precision): void {
  ruleOf(model).assertValid(model);
  if (isTwoLayer(model)) assertDecay(model, precision);
}
