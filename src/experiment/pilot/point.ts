import type { RuleModel } from '#model';
import type { SimulationSpec } from '../file/schema.js';

/** What a pilot run needs of a point, of any learning rule. */
export interface PilotPoint {
  readonly model: RuleModel;
  /** K probe stimuli of n numbers. */
  readonly probes: readonly Float64Array[];
  readonly simulation: SimulationSpec;
}

/** Beyond the replicas of any run, so that the pilot shares no random numbers with it. */
const FIRST_REPLICA = 2 ** 52 + 2 ** 21;

export const pilotReplicas = (count: number): number[] => Array.from({ length: count }, (_, i) => FIRST_REPLICA + i);
