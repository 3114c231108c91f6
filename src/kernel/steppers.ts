import type { Matrix } from '#linalg';
import type { Accumulator, MeasurementContext } from '#measure';
import {
  createReferenceStepper,
  definitionOf,
  epochSize,
  isTwoLayer,
  ruleOf,
  type RuleModel,
  type State,
  type Stepper,
} from '#model';
import { createCompiledStepper } from './compiled-rule/stepper.js';
import type { Kernel } from './kernel.js';
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

/**
 * The fastest steppers there are: the kernel for two-layer SGD, the compiled step for rules that are described by their definition, the
 * reference implementation for all others.
 */
export function createKernelSteppers(kernel: Kernel, precision: Precision): CreateMeasuredStepper {
  return (model, ...given) => {
    // The kernel draws independent samples alone.
    if (isTwoLayer(model)) {
      return epochSize(model.input) > 0
        ? createReferenceStepper(model, ...given)
        : createTwoLayerStepper(kernel, precision, model, ...given);
    }
    const definition = definitionOf(model);
    return definition
      ? createCompiledStepper(kernel, definition, model, ...given)
      : createReferenceStepper(model, ...given);
  };
}

/**
 * Throws InvalidInputError for a model that its rule rejects, or that cannot be simulated in this precision. Rules
 * other than two-layer SGD compute in double precision whatever is asked for.
 */
export function assertSimulable(model: RuleModel, precision: Precision): void {
  ruleOf(model).assertValid(model);
  if (isTwoLayer(model)) assertDecay(model, precision);
}
