import type { TrajectoryTable } from '#figure';
import { fromRows, svd } from '#linalg';
import type { Trajectory } from './claim.js';

/** A trajectory of `count` times, evenly among all and with the first. */
export function thinned({ steps, hidden }: Trajectory, count: number): Trajectory {
  const chosen = Array.from({ length: count }, (_, i) => Math.floor((i * steps.length) / count));
  return { steps: chosen.map((t) => steps[t]), hidden: chosen.map((t) => hidden[t]) };
}

/**
 * Trajectories of the probes in the three principal directions of all their representations together (right singular
 * vectors, not centred, because the manifold is symmetric about 0). With fewer than three units the other components
 * are 0.
 */
export function inPrincipalDirections(
  { hidden }: Trajectory,
  names: readonly string[],
): TrajectoryTable['trajectories'] {
  const { v } = svd(fromRows(hidden.flat()));
  const along = (h: readonly number[], direction: number): number =>
    direction < v.cols ? h.reduce((sum, value, unit) => sum + value * v.data[unit * v.cols + direction], 0) : 0;
  return names.map((name, k) => ({
    name,
    points: hidden.map((probes) => [along(probes[k], 0), along(probes[k], 1), along(probes[k], 2)]),
  }));
}
