import type { SampleSums } from './sums.js';

/**
 * Adds samples of all replicas of a stepper to their sums: what every sample needs. A ReplicaObserver does for each replica
 * what is done at few of them. The sums of a replica do not depend on the other replicas.
 */
export interface Accumulator {
  /** Replicas sampled by one call: group g has those from g * groupSize on. */
  readonly groupSize: number;
  /**
   * Takes the present states of a group of replicas as their next sample; `isFirst` when there is none before. Throws the
   * readout's error when a state is not finite.
   */
  add(group: number, isFirst: boolean): void;
  read(replica: number, into: SampleSums): void;
  write(replica: number, from: SampleSums): void;
}
