import type { Point } from '../file/resolve.js';

/** What a pilot run needs of a point, of any learning rule. */
export type PilotPoint = Pick<Point, 'model' | 'probes' | 'simulation' | 'phase'>;

/** Beyond the replicas of any run, so that the pilot shares no random numbers with it. */
const FIRST_REPLICA = 2 ** 52 + 2 ** 21;

export const pilotReplicas = (count: number): number[] => Array.from({ length: count }, (_, i) => FIRST_REPLICA + i);
