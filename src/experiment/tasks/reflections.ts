import { formatCount } from '#core';
import type { PointRecord } from '../report.js';

/** What a note needs to know of the points that it is about. */
type Measured = Pick<PointRecord<null>, 'plan' | 'replicas' | 'reflections'>;

/** A clause about the increments in which modes changed their sign, in some points together; null where there are none. */
export function reflectionNote(points: readonly Measured[]): string | null {
  const sum = (count: (point: Measured) => number): number => points.reduce((total, point) => total + count(point), 0);
  const found = sum(({ reflections }) => reflections?.increments ?? 0);
  if (found === 0) return null;
  const increments = sum(({ plan, replicas }) => replicas * (plan.samples - 1));
  const own = sum(({ reflections }) => reflections?.replicas ?? 0);
  const replicas = sum((point) => point.replicas);
  return (
    `in ${formatCount(found)} of ${formatCount(increments)} increments, of ${formatCount(own)} of ${formatCount(replicas)} replicas, a mode died ` +
    'out and came back with the opposite sign; what is measured of them is the rotation of the other modes'
  );
}
