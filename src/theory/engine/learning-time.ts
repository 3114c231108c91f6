import { InvalidInputError } from '#core';
import { add, multiply, norm, transpose, type Matrix } from '#linalg';
import {
  learningRuleOf,
  meanFlow,
  responsesOf,
  stateOf,
  vectorOf,
  type RuleDefinition,
  type RuleModel,
  type State,
} from '#model';

/** Random starts that are followed; another one may take longer by a share of the longest. */
const STARTS = 4;
const SAFETY = 1.5;
/** Learning is done where the responses, modulo rotations, are this share off those of the fixed point ... */
const LEARNED = 0.05;
/** ... and the mean step is this share of what it is at a distance |S*| along the slowest direction. */
const SLOW = 0.05;
/** Below this share of it the flow has come to rest elsewhere. */
const STUCK = 1e-10;
const MAX_EVALUATIONS = 8000;

/** Where learning ends: a fixed point, and the rate of the slowest relaxation there in units of the learning rate. */
interface LearningGoal {
  readonly fixedPoint: State;
  readonly slowest: number;
}

/**
 * About how many steps random weights N(0, deviation^2) take to the manifold: by the mean flow from some random starts. Throws
 * InvalidInputError where the flow from one of them does not lead there.
 */
export function learningTimeByFlow<M extends RuleModel>(
  rule: RuleDefinition<M>,
  model: M,
  { fixedPoint, slowest }: LearningGoal,
  deviation: number,
): number {
  const wanted = similaritiesOf(rule, model, fixedPoint);
  const size = Math.hypot(...vectorOf(fixedPoint));
  const isThere = (vector: Float64Array, slope: Float64Array): boolean =>
    Math.hypot(...slope) <= SLOW * slowest * Math.hypot(...vector) &&
    similaritiesOf(rule, model, stateOf(rule.arrays(model), vector)).every(
      (found, layer) => norm(add(found, wanted[layer], -1)) <= LEARNED * norm(wanted[layer]),
    );
  const timeFrom = (start: State): number => {
    let evaluations = 0;
    for (const { time, vector, slope } of meanFlow(rule, model, start)) {
      if (isThere(vector, slope)) return time;
      if (++evaluations > MAX_EVALUATIONS || Math.hypot(...slope) <= STUCK * slowest * size) break;
    }
    throw new InvalidInputError(
      `random weights of standard deviation ${deviation} do not learn what the theory describes; give burnIn`,
      ['simulation', 'start'],
    );
  };
  const learning = learningRuleOf(rule);
  const times = Array.from({ length: STARTS }, (_, replica) =>
    timeFrom(learning.start(model, { random: deviation }, { seed: 1, replica })),
  );
  return Math.ceil((SAFETY * Math.max(...times)) / model.learningRate);
}

/** H^T H for the responses H (units x n) of every layer: the same for all rotations and reflections of its units. */
const similaritiesOf = <M extends RuleModel>(rule: RuleDefinition<M>, model: M, state: State): Matrix[] =>
  responsesOf(rule, model, state).map((response) => multiply(transpose(response), response));
