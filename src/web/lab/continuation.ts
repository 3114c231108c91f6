// Which networks can keep their weights when the experiment changes.
import type { LabPoint } from '../prediction/messages.js';
import type { Checkpoint } from '../simulation/snapshot.js';
import type { NumberKey } from './fields.js';

/**
 * Numbers that can change while the networks stay the same; any other change makes other networks or random numbers.
 */
const continuing: ReadonlySet<string> = new Set<NumberKey>([
  'f',
  'exponent',
  'learningRate',
  'weightDecay',
  'labelNoiseVariance',
  'batchSize',
]);

/** Whether networks can keep their weights after a change of these keys. */
export const keepsNetworks = (keys: readonly string[]): boolean => keys.every((key) => continuing.has(key));

/** Whether the networks of a checkpoint fit a point: as many of them, of the same size, with as many probes. */
export function canContinue({ task }: LabPoint, { states, trail }: Checkpoint): boolean {
  const { frame, probes } = task.measurement;
  if (!frame) return false;
  const trailLength = probes * frame.rank;
  return (
    states[0].length === frame.referencePoint.length &&
    frame.referencePoint.every(({ rows, cols }, i) => rows === states[0][i].rows && cols === states[0][i].cols) &&
    (trail.at(-1)?.length ?? trailLength) === trailLength &&
    task.start === 'manifold' &&
    task.reduceHiddenUnits &&
    states.length === task.replicas.length
  );
}

/** More replicas than a point can have. */
const MAX_REPLICAS = 2 ** 20;

/** Indices of the replicas of the k-th continuation: their random streams are new in each. */
export const replicasOf = ({ task }: LabPoint, continuations: number): number[] =>
  task.replicas.map((replica) => replica + continuations * MAX_REPLICAS);
