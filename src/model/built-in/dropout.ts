import { fromData, type ArrayAlgebra, type Shape } from '#linalg';
import { exp } from '#random';
import { layerSizes, type NetworkModel } from './network-model.js';

/** Probabilities with which every sample leaves out units of the hidden layers, and weights; what stays is scaled up to the same mean. */
export interface Dropout {
  readonly nodes: number;
  readonly weights: number;
}

/** The normal numbers from which a sample makes its masks: one for each hidden unit, and one for each weight, where those are left out. */
export function dropoutNormals(model: NetworkModel, { nodes, weights }: Dropout): Shape[] {
  const units = layerSizes(model);
  return [
    ...(nodes > 0 ? model.hiddenLayers.map((rows) => ({ rows, cols: 1 })) : []),
    ...(weights > 0 ? units.slice(1).map((rows, l) => ({ rows, cols: units[l] })) : []),
  ];
}

/** Factors 0 or 1 / (1 - q) of the units of every hidden layer, and of every weight; null where none is left out. */
interface Masks<A> {
  readonly units: readonly A[] | null;
  readonly weights: readonly A[] | null;
}

export function dropoutMasks<A>(
  algebra: ArrayAlgebra<A>,
  { hiddenLayers }: NetworkModel,
  { nodes, weights }: Dropout,
  normals: readonly A[],
): Masks<A> {
  const first = nodes > 0 ? hiddenLayers.length : 0;
  return {
    units: nodes > 0 ? normals.slice(0, first).map((z) => maskOf(algebra, z, nodes)) : null,
    weights: weights > 0 ? normals.slice(first).map((z) => maskOf(algebra, z, weights)) : null,
  };
}

/** 1 / (1 - q) where a standard normal number is above its q-quantile, otherwise 0. */
function maskOf<A>({ constant, subtract, positive, scale, rows, cols }: ArrayAlgebra<A>, z: A, q: number): A {
  const size = rows(z) * cols(z);
  const quantile = constant(fromData(rows(z), cols(z), new Float64Array(size).fill(normalQuantile(q))));
  return scale(positive(subtract(z, quantile)), 1 / (1 - q));
}

const HALVINGS = 80;
/** Beyond it the distribution is 0 or 1 to the last bit. */
const FAR = 9;

/** The number below which a standard normal one is with probability q, to 1e-12, by sums and products and our own exp alone. */
export function normalQuantile(q: number): number {
  let [low, high] = [-FAR, FAR];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (normalDistribution(middle) < q) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** 1/2 + phi(x) (x + x^3/3 + x^5/(3 5) + ...). */
function normalDistribution(x: number): number {
  let [term, sum] = [x, x];
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + (sum * exp(-(x * x) / 2)) / Math.sqrt(2 * Math.PI);
}
