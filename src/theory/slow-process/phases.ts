import { add, apply, dot, fromData, identity, multiply, transpose, type Matrix } from '#linalg';
import { isTwoLayer, ruleOf, type RuleModel, type State } from '#model';
import { endOfFlow } from './end-of-flow.js';
import { meanDirection } from './mean-direction.js';
import { meanRotationMinusIdentity } from './mean-frame.js';
import type { SlowMotion } from './time-courses.js';

/** The manifold of one phase: its model, the reference point of its frame, and the left null vectors where a rule has them. */
interface PhaseManifold {
  readonly model: RuleModel;
  readonly referencePoint: State;
  readonly duals?: Matrix;
}

/**
 * How the frame of one phase goes over to the next: G (r x r') such that networks at R.S* end at R G.S'*, the point of the new
 * manifold to which its mean flow takes S*; where that flow takes too long to follow, the point nearest to S* itself (with left rotations
 * the Procrustes rotation of S'* onto S*). null for a rule without symmetry, whose fixed points are known up to signs. O(r n m) for each of some hundred steps of the flow.
 */
export function frameTransition(before: PhaseManifold, { model, referencePoint, duals }: PhaseManifold): Matrix | null {
  const rule = ruleOf(model);
  const [rotations] = rule.symmetry(model);
  if (rule.symmetry(model).length === 0) return null;
  const settled = isTwoLayer(model)
    ? endOfFlow(model, before.referencePoint)
    : // With the silent units that a reference point leaves out, as the projection takes states.
      rule.start(model, { onManifold: before.referencePoint }, { seed: 0, replica: 0 });
  const units = rule.units(model, settled);
  const rank = rule.units(model, referencePoint);
  const frame = new Float64Array(rank * units);
  rotations.projection(referencePoint, units, duals).project(frame, settled);
  const own = rule.units(before.model, before.referencePoint);
  return fromData(own, rank, transpose(fromData(rank, units, frame)).data.slice(0, own * rank));
}

/** A phase as far as self-correlations go through it. */
export interface PhaseMotion {
  readonly motion: SlowMotion;
  /** Steps from its beginning to its end; in the first one from the first sample. */
  readonly steps: number;
  /** From the frame of the phase before; null in the first. */
  readonly transition: Matrix | null;
}

/**
 * E cos(h(0), h(t)) of every probe between the beginning of a list of phases and t steps into the last one: with G the transitions,
 * A the generators of the mean frame, T the lengths of the phases and u the mean directions of h,
 *   u_0^T exp(T_0 A_0) G_1 exp(T_1 A_1) ... G_k exp(t A_k) u_k.
 * [time][probe]; 1 at t = 0 of one phase alone. `fromEnd`: from the end of the first phase instead. The motion during a transient
 * counts as that of its phase. null for a probe that is not represented in both.
 */
export function correlationAcross(
  phases: readonly PhaseMotion[],
  times: readonly number[],
  { fromEnd = false }: { readonly fromEnd?: boolean } = {},
): (number | null)[][] {
  const [first] = phases;
  const last = phases[phases.length - 1];
  const rankOf = ({ motion }: PhaseMotion): number => motion.singularValues.length;
  let carried: Matrix = identity(rankOf(first));
  phases.forEach((phase, k) => {
    if (phase.transition) carried = k === 0 ? carried : multiply(carried, phase.transition);
    if (phase === last || (k === 0 && fromEnd)) return;
    carried = multiply(carried, meanRotation(phase.motion, phase.steps));
  });
  const starts = first.motion.probes.map((probe) => meanDirection(probe));
  const back = transpose(carried);
  const rotated = starts.map((u) => u && apply(back, u));
  const changes = meanRotationMinusIdentity(last.motion.drift, rankOf(last), times);
  const ends = last.motion.probes.map((probe) => meanDirection(probe));
  return changes.map((change, i) =>
    ends.map((u, k) => {
      const from = rotated[k];
      if (!u || !from) return null;
      if (phases.length === 1 && !(times[i] > 0)) return 1;
      return dot(from, u) + dot(from, apply(change, u));
    }),
  );
}

/** exp(tA), r x r. */
function meanRotation({ drift, singularValues }: SlowMotion, steps: number): Matrix {
  const rank = singularValues.length;
  return add(meanRotationMinusIdentity(drift, rank, [steps])[0], identity(rank));
}
