import type { Estimate } from '#core';
import { apply, fromData, multiply, sliceCols, transpose, zeros, type Matrix } from '#linalg';
import { covarianceOfMean, meanEstimate } from './intervals.js';
import type { Measurement, ReplicaSummary } from './observer.js';

export interface ProbeEstimates {
  /** F(x), activation^2. */
  readonly fluctuation: Estimate;
  /** D(x), activation^2 per step. */
  readonly diffusion: Estimate;
  /** |v(x)|, activation per step, the noise of |v|^2 removed. */
  readonly directedSpeed: Estimate;
}

/** Time courses from the end of burn-in, averaged over replicas: [time][probe]. */
export interface Courses {
  /** Steps since the first sample. */
  readonly steps: readonly number[];
  readonly selfCorrelation: readonly (readonly Estimate[])[];
  readonly squaredDisplacement: readonly (readonly Estimate[])[];
  readonly projectedSquaredDisplacement: readonly (readonly Estimate[])[];
  readonly similarityChange: readonly Estimate[];
}

/** Everything measured at one parameter point; errors from the independent replicas. */
export interface Estimates {
  readonly replicas: number;
  /** Rotation increments of all replicas together. */
  readonly increments: number;
  readonly probes: readonly ProbeEstimates[];
  /** Rotation variance per step along each measured direction (rad^2). */
  readonly rotationDiffusion: readonly Estimate[];
  /** Mean rotation per step in every plane (rad): the directed velocity. */
  readonly velocity: readonly Estimate[];
  readonly taskLoss: Estimate;
  readonly regularizedLoss: Estimate;
  /** Mean representational similarity matrix h_i.h_j, K x K. */
  readonly similarity: Matrix;
  readonly courses: Courses;
}

/**
 * Turns the summaries of the replicas (in the order of their numbers) into estimates.
 *
 * With increments over a lag L of a few relaxation times, the projection leaves a bounded error g on top of the drift, so
 * E q_k^2 = L K + 2 G + (L v)^2 and E q_k q_(k+1) = -G + (L v)^2. Hence the long-run variance
 *   K = [ <q_k^2> + 2 <q_k q_(k+1)> - 3 (L v)^2 ] / L
 * has no intercept at any L (Bartlett's estimator of a spectrum at frequency 0 with two terms); what is left falls as
 * exp(-2 L / relaxation time).
 */
export function estimate(measurement: Measurement, summaries: readonly ReplicaSummary[]): Estimates {
  const { lag, directions, stimuli, reference } = measurement;
  const weights = summaries.map(({ samples: taken }) => taken - 1);
  const increments = weights.reduce((sum, weight) => sum + weight, 0);
  const rotation = averageOf(summaries, weights, ({ rotation: mean }) => mean);
  const codes = multiply(stimuli, transpose(sliceCols(reference, 0, stimuli.cols)));
  // The pooled mean takes 3 parts of the variance with it: 3 (L v)^2 is estimated with the error 3 L K / increments.
  const scale = lag * (1 - 3 / increments);
  const series = (value: (summary: ReplicaSummary) => number): Estimate => meanEstimate(summaries.map(value), weights);
  const longRun = (square: keyof ReplicaSummary, neighbour: keyof ReplicaSummary, k: number, meanSquare: number) =>
    series((summary) => {
      const own = (summary[square] as Float64Array)[k];
      const next = (summary[neighbour] as Float64Array)[k];
      return (own + 2 * next - 3 * meanSquare) / scale;
    });

  const probes = Array.from({ length: stimuli.rows }, (_, k): ProbeEstimates => {
    const code = codes.data.subarray(k * codes.cols, (k + 1) * codes.cols);
    const shift = turn(rotation, code);
    const meanSquare = shift.reduce((sum, value) => sum + value * value, 0);
    return {
      fluctuation: series((summary) => summary.fluctuation[k]),
      diffusion: longRun('probeSquare', 'probeNeighbour', k, meanSquare),
      directedSpeed: speed(
        summaries.map((summary) => turn(summary.rotation, code)),
        weights,
        lag,
      ),
    };
  });
  const alongMean = apply(transpose(directions), rotation);
  return {
    replicas: summaries.length,
    increments,
    probes,
    rotationDiffusion: Array.from({ length: directions.cols }, (_, d) =>
      longRun('directionSquare', 'directionNeighbour', d, alongMean[d] ** 2),
    ),
    velocity: Array.from(rotation, (_, plane) => series((summary) => summary.rotation[plane] / lag)),
    taskLoss: series(({ taskLoss }) => taskLoss),
    regularizedLoss: series(({ regularizedLoss }) => regularizedLoss),
    similarity: fromData(
      stimuli.rows,
      stimuli.rows,
      averageOf(summaries, weights, ({ similarity }) => similarity),
    ),
    courses: courses(measurement, summaries),
  };
}

/** sum_ab omega_ab Omega_ab c, where Omega_ab c = c_b e_a - c_a e_b. */
function turn(omega: Float64Array, code: Float64Array): Float64Array {
  const moved = new Float64Array(code.length);
  let plane = 0;
  for (let a = 0; a < code.length; a++) {
    for (let b = a + 1; b < code.length; b++) {
      moved[a] += omega[plane] * code[b];
      moved[b] -= omega[plane] * code[a];
      plane++;
    }
  }
  return moved;
}

/** |mean vector| / lag with the variance of the mean taken from its square, and the error along its direction. */
function speed(vectors: readonly Float64Array[], weights: readonly number[], lag: number): Estimate {
  const size = vectors[0].length;
  const components = Array.from({ length: size }, (_, j) => vectors.map((vector) => vector[j]));
  const mean = components.map((values) => meanEstimate(values, weights).value);
  const covariance = zeros(size, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++)
      covariance.data[i * size + j] = covarianceOfMean(components[i], components[j], weights);
  }
  const raw = Math.hypot(...mean);
  if (raw === 0) return { value: 0, se: 0 };
  const noise = components.reduce((sum, _, i) => sum + covariance.data[i * size + i], 0);
  const unit = mean.map((value) => value / raw);
  const along = apply(covariance, unit).reduce((sum, value, i) => sum + value * unit[i], 0);
  return { value: Math.sqrt(Math.max(raw * raw - noise, 0)) / lag, se: Math.sqrt(along) / lag };
}

/** The courses that two replicas at least have reached. */
function courses({ courseSamples, lag, stimuli }: Measurement, summaries: readonly ReplicaSummary[]): Courses {
  const reached = Array.from(courseSamples, (sample, course) => ({
    sample,
    course,
    those: summaries.filter((summary) => summary.courses > course),
  })).filter(({ those }) => those.length > 1);
  const table = (pick: (summary: ReplicaSummary) => Float64Array): Estimate[][] =>
    reached.map(({ course, those }) =>
      Array.from({ length: stimuli.rows }, (_, k) =>
        meanEstimate(those.map((summary) => pick(summary)[course * stimuli.rows + k])),
      ),
    );
  return {
    steps: reached.map(({ sample }) => sample * lag),
    selfCorrelation: table((summary) => summary.selfCorrelation),
    squaredDisplacement: table((summary) => summary.squaredDisplacement),
    projectedSquaredDisplacement: table((summary) => summary.projectedSquaredDisplacement),
    similarityChange: reached.map(({ course, those }) =>
      meanEstimate(those.map((summary) => summary.similarityChange[course])),
    ),
  };
}

function averageOf(
  summaries: readonly ReplicaSummary[],
  weights: readonly number[],
  pick: (summary: ReplicaSummary) => Float64Array,
): Float64Array {
  const result = new Float64Array(pick(summaries[0]).length);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  summaries.forEach((summary, k) => {
    const values = pick(summary);
    for (let i = 0; i < result.length; i++) result[i] += (weights[k] * values[i]) / total;
  });
  return result;
}
