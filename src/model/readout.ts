import { InvalidInputError } from '#core';
import type { Matrix } from '#linalg';
import type { FrameProjection, Loss, RuleModel, State } from './rule.js';
import { ruleOf } from './rules.js';

/** What is measured of states: all that measurement knows of a learning rule. */
export interface StateReadout {
  /** k: hidden units of the states. */
  readonly units: number;
  losses(state: State): Loss;
  /** Writes the representations h of the probes, K x k. */
  represent(hidden: Float64Array, state: State): void;
  /** null where no frame is followed. */
  readonly frame: FrameReadout | null;
  /** The error for a state that is not finite. */
  notFinite(): Error;
}

interface FrameReadout extends FrameProjection {
  /** Representations c of the probes at the reference point, K x r. */
  readonly codes: Float64Array;
}

/** What a frame is followed relative to. */
export interface FrameReference {
  /** S*, on r hidden units. */
  readonly referencePoint: State;
  /** The left null vectors of the mean flow at S* (see `RotationGroup`). */
  readonly duals?: Matrix | null;
}

const notFinite = (): Error =>
  new InvalidInputError('the simulation diverged; give a smaller learningRate', ['model', 'learningRate']);

/**
 * The readout for states of `units` hidden units and K probe stimuli (K x n), with the frame relative to a reference point
 * unless that is null. Throws RangeError for a reference point of a rule without a rotational symmetry.
 */
export function readoutOf(
  model: RuleModel,
  units: number,
  probes: Matrix,
  reference: FrameReference | null,
): StateReadout {
  const rule = ruleOf(model);
  const represent = rule.representation(probes, model);
  let frame: FrameReadout | null = null;
  if (reference) {
    const { referencePoint, duals } = reference;
    const group = rule.symmetry(model).at(0);
    if (!group) throw new RangeError(`the learning rule ${rule.name} has no symmetry, so there is no frame to follow`);
    const projection = group.projection(referencePoint, units, duals);
    const codes = new Float64Array(probes.rows * rule.units(model, referencePoint));
    represent(codes, referencePoint);
    frame = {
      codes,
      project: (into, state) => {
        projection.project(into, state);
      },
    };
  }
  return { units, losses: rule.losses(model), represent, frame, notFinite };
}
