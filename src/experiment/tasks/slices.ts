import { ruleOf, type RuleModel, type State } from '#model';

/** Multiplications of one slice: milliseconds, tens of them on a slow machine. */
const SLICE = 1e7;
/** Steps of a slice at least: the native kernel copies the states in and out with each, which for large ones takes as long as some steps. */
const MIN_STEPS = 20;
/** Multiplications of observations made together: about a millisecond. */
const OBSERVATIONS = 1e6;

/** Steps of one slice of that many replicas. */
export const sliceSteps = (model: RuleModel, replicas: number, state: State): number =>
  Math.max(MIN_STEPS, Math.floor(SLICE / (replicas * ruleOf(model).stepOperations(model, state))));

/**
 * Observations of K probes between two checks whether to stop; of a small network more than a task has replicas, for checking
 * takes time too.
 */
export function sliceObservations(model: RuleModel, probes: number, state: State): number {
  const units = ruleOf(model).units(model, state);
  const weights = state.reduce((sum, { data }) => sum + data.length, 0);
  return Math.ceil(OBSERVATIONS / (weights * (units + probes) + units * probes ** 2));
}
