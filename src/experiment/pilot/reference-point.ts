import { fromData, scale, zeros, add } from '#linalg';
import { ruleOf, type RotationGroup, type RuleModel, type State } from '#model';
import type { CooperativeTask } from '../tasks/cooperative-task.js';
import type { CoupledCopies } from './coupled-copies.js';

/** Samples of each replica that a mean is taken over, one every relaxation time. */
const SAMPLES = 32;
/** Means taken, each in the frame of the one before; the first is in that of a single state. */
const PASSES = 2;

/**
 * A reference point of the manifold for a rule with a rotational symmetry: the stationary mean of states, each turned into the
 * frame of the manifold. null for a rule without. The copies must have converged.
 */
export function* measureReferencePoint(
  model: RuleModel,
  copies: CoupledCopies,
  replicas: number,
  relaxationTime: number,
): CooperativeTask<State | null> {
  const group = ruleOf(model).symmetry(model).at(0);
  if (!group) return null;
  let referencePoint = group.withoutSilentUnits(copies.state(0));
  for (let pass = 0; pass < PASSES; pass++) {
    let sum: State = referencePoint.map(({ rows, cols }) => zeros(rows, cols));
    for (let sample = 0; sample < SAMPLES; sample++) {
      yield* copies.advance(Math.max(1, Math.round(relaxationTime)));
      for (let replica = 0; replica < replicas; replica++) {
        const turned = inFrame(model, group, referencePoint, copies.state(replica));
        sum = sum.map((array, i) => add(array, turned[i]));
      }
    }
    referencePoint = sum.map((array) => scale(array, 1 / (SAMPLES * replicas)));
  }
  return referencePoint;
}

/** R^-1.S for the frame R of a state S relative to a reference point. */
function inFrame(model: RuleModel, group: RotationGroup, referencePoint: State, state: State): State {
  const rule = ruleOf(model);
  const [rank, units] = [rule.units(model, referencePoint), rule.units(model, state)];
  const frame = fromData(rank, units, new Float64Array(rank * units));
  group.projection(referencePoint, units).project(frame.data, state);
  return group.act(frame, state);
}
