import { fromRows, svd } from '#linalg';
import type { Trajectory } from './claim.js';

/**
 * Trails of the probes in the three principal directions of all their representations together (right singular vectors; not
 * centred, because the manifold is symmetric about 0). Fewer than three units leave zeros.
 */
export function principalTrails(
  { hidden }: Trajectory,
  names: readonly string[],
): { readonly name: string; readonly points: [number, number, number][] }[] {
  const { v } = svd(fromRows(hidden.flat()));
  const along = (h: readonly number[], direction: number): number =>
    direction < v.cols ? h.reduce((sum, value, unit) => sum + value * v.data[unit * v.cols + direction], 0) : 0;
  return names.map((name, k) => ({
    name,
    points: hidden.map((probes) => [along(probes[k], 0), along(probes[k], 1), along(probes[k], 2)]),
  }));
}
