import type { Estimate } from '#core';
import { add, dot, firstPassage, LinearFlow, passageDelays, scale } from '#linalg';
import type { Drift } from '../rotation/drift.js';
import { meanDirection, type Fluctuating } from './mean-direction.js';
import { directedPart } from './mean-frame.js';

/**
 * The half-life of each probe: the first time (steps) at which its self-correlation E cos(h(0), h(t)) has fallen to one
 * half, u^T exp(tA) u = 1/2 with the mean direction u of h (`meanDirection`) and the generator A of the mean frame (`meanFrameGenerator`), beyond a few relaxation
 * times. Where A is a multiple of the identity on u and F is small, it is 2 ln 2 / (D/|c|^2). Its standard error is 0 unless the
 * rotation tensor is sampled; then it is that of the first-order change by each part of the samples.
 *
 * null where the correlation never falls to one half, or does so within the relaxation time by the fluctuation alone (|u|^2
 * below 1/2), as for a probe that is not represented. Errors are those of `predictedCourses`. O(r^2) for each probe and some 60 products of r x r
 * matrices, O(r) and none where A is diagonal (on the path `spectral`).
 */
export function halfLives(drift: Drift, rank: number, probes: readonly Fluctuating[]): (Estimate | null)[] {
  const directed = directedPart(drift, rank);
  const parts = drift.diffusion.meanSquares(rank);
  const diffusive = parts.slice(1).reduce((sum, part) => add(sum, part), parts[0]);
  const flow = new LinearFlow(add(directed, diffusive, 1 / (2 * parts.length)));
  return probes.map((probe) => {
    const u = meanDirection(probe);
    if (u === null) return null;
    const time = firstPassage(flow, u, 1 / 2);
    if (time === null || parts.length === 1) return time === null ? null : { value: time, se: 0 };
    const delays = passageDelays(
      flow,
      u,
      time,
      parts.map((part) => ({
        generator: scale(add(part, diffusive, -1 / parts.length), 0.5),
        c: new Float64Array(rank),
        level: 0,
      })),
    );
    return { value: time, se: Math.sqrt(dot(delays, delays) / (parts.length * (parts.length - 1))) };
  });
}
