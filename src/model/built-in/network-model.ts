import type { ArrayAlgebra, Matrix } from '#linalg';
import type { StateArray } from '../definition/rule-definition.js';
import type { RuleModel, State } from '../rule.js';

/** A network of L = hiddenLayers.length + 1 layers of weights under stochastic gradient descent. */
export interface NetworkModel extends RuleModel {
  /** p_1, ..., p_(L-1): hidden units of each layer. */
  readonly hiddenLayers: readonly number[];
  /** A (m x n): the target is y = A x + eps. */
  readonly target: Matrix;
  /** gamma. */
  readonly weightDecay: number;
  /** Variance of each component of eps. */
  readonly labelNoiseVariance: number;
  readonly batchSize: number;
  /** r_1, ..., r_L: the learning rate of layer l is r_l eta; 1 each unless given. */
  readonly layerRates?: readonly number[] | undefined;
  /** d_1, ..., d_L: the weight decay of layer l is d_l gamma; 1 each unless given. */
  readonly layerDecays?: readonly number[] | undefined;
  /** mu of heavy-ball momentum: V <- mu V + eta g, W <- W + V, V in further arrays of the state; 0 unless given. */
  readonly momentum?: number | undefined;
}

/** Units of all layers, inputs and outputs included. */
export const layerSizes = ({ hiddenLayers, target, input }: NetworkModel): number[] => [
  input.size,
  ...hiddenLayers,
  target.rows,
];

export const hasMomentum = ({ momentum = 0 }: NetworkModel): boolean => momentum > 0;

/** W1, ..., WL, and with momentum their velocities V1, ..., VL. */
export function networkArrays(model: NetworkModel): StateArray[] {
  const units = layerSizes(model);
  const named = (letter: string): StateArray[] =>
    units.slice(1).map((rows, l) => ({ name: `${letter}${l + 1}`, rows, cols: units[l] }));
  const weights = named('W');
  return hasMomentum(model) ? [...weights, ...named('V').map((array) => ({ ...array, isVelocity: true }))] : weights;
}

/** The weights of a state, without velocities. */
export const weightsOf = <A>({ hiddenLayers }: NetworkModel, state: readonly A[]): readonly A[] =>
  state.slice(0, hiddenLayers.length + 1);

/** r_l (gradient_l - gamma d_l W_l) for each layer. */
export function decayed<A>(
  { scale, subtract }: ArrayAlgebra<A>,
  { weightDecay, layerDecays, layerRates }: NetworkModel,
  weights: readonly A[],
  gradients: readonly A[],
): A[] {
  return gradients.map((gradient, l) => {
    const update = subtract(gradient, scale(weights[l], weightDecay * (layerDecays?.at(l) ?? 1)));
    return layerRates ? scale(update, layerRates[l]) : update;
  });
}

/** The update of a whole state from that of its weights: with momentum (mu / eta) V + g, and for V itself g - (1 - mu) / eta V. */
export function accelerated<A>(
  { scale, add, subtract }: ArrayAlgebra<A>,
  model: NetworkModel,
  state: readonly A[],
  updates: readonly A[],
): readonly A[] {
  const { momentum = 0, learningRate: eta } = model;
  if (!hasMomentum(model)) return updates;
  const velocities = state.slice(updates.length);
  return [
    ...updates.map((update, l) => add(update, scale(velocities[l], momentum / eta))),
    ...updates.map((update, l) => subtract(update, scale(velocities[l], (1 - momentum) / eta))),
  ];
}

/**
 * The left null vector for a tangent vector T of the orbit: T_l / r_l, because the update of layer l is r_l times a gradient; and for
 * velocities mu / (1 - mu) times that of their weights, for W + mu / (1 - mu) V is what moves slowly.
 */
export function networkDual(model: NetworkModel, tangent: State): State {
  const { momentum = 0, layerRates } = model;
  const scaled = (array: Matrix, factor: number): Matrix => ({ ...array, data: array.data.map((x) => x * factor) });
  const own = weightsOf(model, tangent).map((array, l) => scaled(array, 1 / (layerRates?.at(l) ?? 1)));
  return hasMomentum(model) ? [...own, ...own.map((array) => scaled(array, momentum / (1 - momentum)))] : own;
}
