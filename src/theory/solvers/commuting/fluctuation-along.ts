import type { Matrix } from '#linalg';
import { CELL } from './gradient-noise.js';
import { MAX_MODES, type ModeBlocks } from './hessian-blocks.js';
import type { ModeList } from './mode-list.js';
import { modesOf, type CommutingModes } from './modes.js';

/** How a normal mode of a block moves the representation of a stimulus: along hidden directions a and c, the latter only if learned. */
interface Response {
  readonly a: number;
  readonly c: number;
  readonly alongA: number;
  readonly alongC: number;
}

/** The function of a stimulus and a direction u (r numbers) to Cov(X x) u, X x the displacement of the representation. */
type FluctuationAlong = (x: ArrayLike<number>, direction: Float64Array) => Float64Array;

/**
 * Cov(X x) u from the covariances within blocks, and between the cells (a, a) where `diagonalNoise`, Cov(xi_aa, xi_bb) of the modes
 * X + Z, is given: exact where the input is symmetric under reflections of the axes. O(r W).
 */
export function blockFluctuationAlong(
  modes: CommutingModes,
  blocks: ModeBlocks,
  noise: Float64Array,
  diagonalNoise: ((a: number, b: number) => number) | null,
): FluctuationAlong {
  const { rank, columns, learningRate } = modes;
  const { counts, curvature, x: hidden } = blocks;
  return (stimulus, direction) => {
    const coordinates = modesOf(modes, stimulus);
    const result = new Float64Array(rank);
    for (let a = 0; a < rank; a++) {
      for (let c = a; c < columns; c++) {
        const cell = a * columns + c;
        const responses = responsesOf(modes, blocks, coordinates, a, c);
        for (let k = 0; k < counts[cell]; k++) {
          for (let l = 0; l < counts[cell]; l++) {
            const rate = curvature[cell * MAX_MODES + k] + curvature[cell * MAX_MODES + l];
            const covariance = (learningRate * noise[cell * CELL + k * MAX_MODES + l]) / rate;
            addAlong(result, responses[k], covariance * alongOf(responses[l], direction));
          }
        }
      }
    }
    if (!diagonalNoise) return result;
    for (let a = 0; a < rank; a++) {
      const own = (a * columns + a) * MAX_MODES;
      for (let b = 0; b < rank; b++) {
        if (a === b) continue;
        const other = (b * columns + b) * MAX_MODES;
        const covariance = (learningRate * diagonalNoise(a, b)) / (curvature[own] + curvature[other]);
        result[a] += hidden[own] * coordinates[a] * covariance * hidden[other] * coordinates[b] * direction[b];
      }
    }
    return result;
  };
}

/** Cov(X x) u from the covariance of all normal modes with noise, Sigma_N / eta. O(K^2). */
export function fluctuationAlong(
  modes: CommutingModes,
  blocks: ModeBlocks,
  { count, first }: ModeList,
  covariance: Matrix,
): FluctuationAlong {
  const { rank, columns, learningRate } = modes;
  return (stimulus, direction) => {
    const coordinates = modesOf(modes, stimulus);
    const responses: Response[] = [];
    for (let a = 0; a < rank; a++) {
      for (let c = a; c < columns; c++) {
        responsesOf(modes, blocks, coordinates, a, c).forEach((response, k) => {
          responses[first[a * columns + c] + k] = response;
        });
      }
    }
    const along = Float64Array.from(responses, (response) => alongOf(response, direction));
    const result = new Float64Array(rank);
    for (let i = 0; i < count; i++) {
      let sum = 0;
      for (let j = 0; j < count; j++) sum += covariance.data[i * count + j] * along[j];
      addAlong(result, responses[i], learningRate * sum);
    }
    return result;
  };
}

function responsesOf(
  { rank, columns }: CommutingModes,
  { counts, x }: ModeBlocks,
  coordinates: Float64Array,
  a: number,
  c: number,
): Response[] {
  const here = a * columns + c;
  const there = c * columns + a;
  // Columns beyond the inputs have no coordinate.
  const ofC = c < coordinates.length ? coordinates[c] : 0;
  const paired = c > a && c < rank;
  return Array.from({ length: counts[here] }, (_, k) => ({
    a,
    c,
    alongA: x[here * MAX_MODES + k] * ofC,
    alongC: paired ? x[there * MAX_MODES + k] * coordinates[a] : 0,
  }));
}

const alongOf = ({ a, c, alongA, alongC }: Response, direction: Float64Array): number =>
  alongA * direction[a] + (alongC === 0 ? 0 : alongC * direction[c]);

function addAlong(into: Float64Array, { a, c, alongA, alongC }: Response, factor: number): void {
  into[a] += factor * alongA;
  if (alongC !== 0) into[c] += factor * alongC;
}
