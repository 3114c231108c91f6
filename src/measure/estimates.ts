import type { Estimate } from '#core';
import { apply, dot, fromData, trace, zeros, type Matrix } from '#linalg';
import { componentAlong, directionCount } from './directions.js';
import { covarianceOfMean, meanEstimate } from './intervals.js';
import type { Measurement } from './measurement.js';
import type { ReplicaSummary } from './observer.js';

/** What is measured of one stimulus. */
export interface ProbeEstimates {
  /** |c|^2 of the mean representation in the frame of the manifold, activation^2. */
  readonly squaredNorm: Estimate;
  /** F(x), activation^2. */
  readonly fluctuation: Estimate;
  /** D(x), activation^2 per step. */
  readonly diffusion: Estimate;
  /** |v(x)|, activation per step, the noise of |v|^2 removed; cut at zero. */
  readonly directedSpeed: Estimate;
  /** Component of v(x) along the probe's heading, signed and without bias; 0 -+ 0 where there is no heading. */
  readonly speedAlongDriftDirection: Estimate;
}

/** Time courses from the end of burn-in, averaged over replicas: [time][probe]. */
export interface Courses {
  /** Steps since the first sample. */
  readonly steps: readonly number[];
  /** null for a probe that is not represented. */
  readonly selfCorrelation: readonly (readonly (Estimate | null)[])[];
  readonly squaredDisplacement: readonly (readonly Estimate[])[];
  readonly projectedSquaredDisplacement: readonly (readonly Estimate[])[];
  readonly similarityChange: readonly (Estimate | null)[];
  /** Mean losses of the samples after the time before, up to and with each time. */
  readonly taskLoss: readonly Estimate[];
  readonly regularizedLoss: readonly Estimate[];
  /** F of each probe in the same samples: it does not grow. */
  readonly fluctuation: readonly (readonly Estimate[])[];
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
 * Turns the summaries of the replicas (in the order of their numbers) into estimates. Nothing here is a prediction: the
 * representation c that turns is the measured mean of R^T W1 x.
 *
 * With increments over a lag L of a few relaxation times, the projection leaves a bounded error g on top of the drift, so
 * for q = omega c or a component of omega, E |q_k|^2 = L K + 2 G + |L v|^2 and E q_k.q_(k+1) = -G + |L v|^2. With m the mean
 * increment of all replicas together, the long-run variance
 *   K = [ <|q_k - m|^2> + 2 <(q_k - m).(q_(k+1) - m)> ] / L
 * has no intercept at any L (Bartlett's estimator of a spectrum at frequency 0 with two terms); what is left falls as
 * exp(-2 L / relaxation time).
 */
export function estimate(measurement: Measurement, summaries: readonly ReplicaSummary[]): Estimates {
  const { lag, directions, driftDirections, stimuli, reference } = measurement;
  const rank = reference.rows;
  const weights = summaries.map(({ samples: taken }) => taken - 1);
  const increments = weights.reduce((sum, weight) => sum + weight, 0);
  const rotation = averageOf(summaries, weights, ({ rotation: mean }) => mean);
  const codes = averageOf(summaries, weights, ({ codes: mean }) => mean);
  const series = (value: (summary: ReplicaSummary) => number): Estimate => meanEstimate(summaries.map(value), weights);
  // The pooled mean takes 3 parts of the variance with it: |L v|^2 is estimated with the error L K / increments.
  const scale = lag * (1 - 3 / increments);
  const longRun = (
    see: (omega: Float64Array) => Float64Array,
    square: (summary: ReplicaSummary) => number,
    neighbour: (summary: ReplicaSummary) => number,
  ): Estimate => {
    const mean = see(rotation);
    const meanSquare = dot(mean, mean);
    return series((summary) => {
      const own = square(summary) - 2 * dot(see(summary.rotation), mean) + meanSquare;
      const ends = dot(see(summary.rotationHead), mean) + dot(see(summary.rotationTail), mean);
      return (own + 2 * (neighbour(summary) - ends + meanSquare)) / scale;
    });
  };

  const probes = Array.from({ length: stimuli.rows }, (_, k): ProbeEstimates => {
    const code = codes.subarray(k * rank, (k + 1) * rank);
    const heading = driftDirections.data.subarray(k * rank, (k + 1) * rank);
    const see = (omega: Float64Array): Float64Array => turn(omega, code);
    const along = series((summary) => dot(code, summary.codes.subarray(k * rank, (k + 1) * rank)));
    return {
      squaredNorm: { value: along.value, se: 2 * along.se },
      fluctuation: series((summary) => summary.fluctuation[k]),
      diffusion: longRun(
        see,
        (summary) => quadraticForm(summary.square, code),
        (summary) => quadraticForm(summary.neighbour, code),
      ),
      directedSpeed: speed(
        summaries.map((summary) => see(summary.rotation)),
        weights,
        lag,
      ),
      speedAlongDriftDirection: series((summary) => dot(see(summary.rotation), heading) / lag),
    };
  });
  return {
    replicas: summaries.length,
    increments,
    probes,
    rotationDiffusion: Array.from({ length: directionCount(directions) }, (_, d) => {
      const component = componentAlong(directions, d);
      return longRun(
        (omega) => Float64Array.of(component(omega)),
        (summary) => summary.directionSquare[d],
        (summary) => summary.directionNeighbour[d],
      );
    }),
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

/** c^T a c of a square matrix. */
function quadraticForm(a: Float64Array, c: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < c.length; i++) for (let j = 0; j < c.length; j++) sum += c[i] * a[i * c.length + j] * c[j];
  return sum;
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

/**
 * |m| / lag of the mean vector m with the noise tr C of its square removed (C the covariance of m). The square has the
 * variance V = 4 m^T C m + 2 tr C^2 (m^T C m without its own noise); its root, near zero, the error V^(1/4).
 */
function speed(vectors: readonly Float64Array[], weights: readonly number[], lag: number): Estimate {
  const size = vectors[0].length;
  const components = Array.from({ length: size }, (_, j) => vectors.map((vector) => vector[j]));
  const mean = components.map((values) => meanEstimate(values, weights).value);
  const covariance = zeros(size, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++)
      covariance.data[i * size + j] = covarianceOfMean(components[i], components[j], weights);
  }
  const noiseSquare = dot(covariance.data, covariance.data);
  const along = Math.max(dot(mean, apply(covariance, mean)) - noiseSquare, 0);
  const variance = 4 * along + 2 * noiseSquare;
  const value = Math.sqrt(Math.max(dot(mean, mean) - trace(covariance), 0));
  const deviation = Math.sqrt(variance);
  const se = value * value > deviation ? deviation / (2 * value) : Math.sqrt(deviation);
  return { value: value / lag, se: se / lag };
}

/** The courses that two replicas at least have reached. */
function courses({ courseSamples, lag, stimuli }: Measurement, summaries: readonly ReplicaSummary[]): Courses {
  const reached = Array.from(courseSamples, (sample, course) => ({
    sample,
    course,
    those: summaries.filter((summary) => summary.courses > course),
  })).filter(({ those }) => those.length > 1);
  const series = (pick: (summary: ReplicaSummary) => Float64Array): Estimate[] =>
    reached.map(({ course, those }) => meanEstimate(those.map((summary) => pick(summary)[course])));
  const table = (pick: (summary: ReplicaSummary) => Float64Array): Estimate[][] =>
    reached.map(({ course, those }) =>
      Array.from({ length: stimuli.rows }, (_, k) =>
        meanEstimate(those.map((summary) => pick(summary)[course * stimuli.rows + k])),
      ),
    );
  const defined = (estimate: Estimate): Estimate | null => (Number.isNaN(estimate.value) ? null : estimate);
  return {
    steps: reached.map(({ sample }) => sample * lag),
    selfCorrelation: table((summary) => summary.selfCorrelation).map((row) => row.map(defined)),
    squaredDisplacement: table((summary) => summary.squaredDisplacement),
    projectedSquaredDisplacement: table((summary) => summary.projectedSquaredDisplacement),
    similarityChange: series((summary) => summary.similarityChange).map(defined),
    taskLoss: series((summary) => summary.taskLossCourse),
    regularizedLoss: series((summary) => summary.regularizedLossCourse),
    fluctuation: table((summary) => summary.fluctuationCourse),
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
