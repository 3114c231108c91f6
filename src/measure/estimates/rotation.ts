import { dot, zeros, type Matrix } from '#linalg';
import { componentAlong, directionCount } from '../frames/directions.js';
import type { FrameMeasurement } from '../measurement.js';
import type { ReplicaSummary } from '../sampling/summary.js';
import { averageEstimate, averageOf, type WeightedSummaries } from './averages.js';
import { halfLifeEstimates } from './half-life.js';
import { longRunVariance, type IncrementSeries } from './long-run.js';
import { covarianceOfMean, meanEstimate } from './intervals.js';
import { MAX_PLANES, type MotionEstimates, type ProbeEstimates } from './motion.js';
import { speed } from './speed.js';

/**
 * Motion as the rotation omega of a frame: a representation moves by q = omega c, with the measured mean c of R^T h as the
 * code that turns.
 */
export function rotationEstimates(frame: FrameMeasurement, all: WeightedSummaries, lag: number): MotionEstimates {
  const { directions, driftDirections } = frame;
  const { weights } = all;
  const rotation = averageOf(all, ({ rotation: mean }) => mean);
  const displacementOfProbe = probeDisplacements(frame, all);
  const halfLife = halfLifeEstimates(frame, all, lag);
  return {
    probes: Array.from({ length: driftDirections.rows }, (_, k): ProbeEstimates => {
      const { code, range, displacement } = displacementOfProbe(k);
      const along = averageEstimate(all, (summary) => dot(code, summary.codes.subarray(...range)));
      return {
        squaredNorm: { value: along.value, se: 2 * along.se },
        fluctuation: averageEstimate(all, (summary) => summary.fluctuation[k]),
        diffusion: longRunVariance(displacement, lag),
        halfLife: halfLife(k),
        directedSpeed: speed(
          displacement.replicas.map((replica) => replica.all),
          weights,
          lag,
        ),
        speedAlongDriftDirection: meanEstimate(speedsAlong(frame, displacement, range, lag), weights),
      };
    }),
    rotationDiffusion: Array.from({ length: directionCount(directions) }, (_, d) => {
      const component = componentAlong(directions, d);
      return longRunVariance(
        seriesOf(
          all,
          rotation,
          (omega) => Float64Array.of(component(omega)),
          (summary) => summary.directionSquare[d],
          (summary) => summary.directionNeighbour[d],
        ),
        lag,
      );
    }),
    velocity: Array.from(rotation, (_, plane) => averageEstimate(all, (summary) => summary.rotation[plane] / lag)),
    velocityCovariance: rotation.length > MAX_PLANES ? null : velocityCovariance(all, rotation.length, lag),
  };
}

/** The increments that a linear function of omega sees, with its moments in each replica. */
const seriesOf = (
  { summaries, weights }: WeightedSummaries,
  rotation: Float64Array,
  see: (omega: Float64Array) => Float64Array,
  square: (summary: ReplicaSummary) => number,
  neighbour: (summary: ReplicaSummary) => number,
): IncrementSeries => ({
  mean: see(rotation),
  weights,
  replicas: summaries.map((summary) => ({
    all: see(summary.rotation),
    head: see(summary.rotationHead),
    tail: see(summary.rotationTail),
    square: square(summary),
    neighbour: neighbour(summary),
  })),
});

/** How the rotation of the frame moves a probe. */
interface ProbeDisplacement {
  /** Its mean code, and where it stands among those of all probes. */
  readonly code: Float64Array;
  readonly range: readonly [from: number, to: number];
  readonly displacement: IncrementSeries;
}

/** The displacements of the probes by their numbers. */
export function probeDisplacements(
  { rank }: FrameMeasurement,
  all: WeightedSummaries,
): (k: number) => ProbeDisplacement {
  const rotation = averageOf(all, ({ rotation: mean }) => mean);
  const codes = averageOf(all, ({ codes: mean }) => mean);
  return (k) => {
    const range = [k * rank, (k + 1) * rank] as const;
    const code = codes.subarray(...range);
    const displacement = seriesOf(
      all,
      rotation,
      (omega) => displacementOf(omega, code),
      (summary) => quadraticForm(summary.square, code),
      (summary) => quadraticForm(summary.neighbour, code),
    );
    return { code, range, displacement };
  };
}

/** The speed of each replica along the drift direction of a probe. */
export const speedsAlong = (
  { driftDirections }: FrameMeasurement,
  { replicas }: IncrementSeries,
  range: readonly [number, number],
  lag: number,
): number[] => replicas.map(({ all }) => dot(all, driftDirections.data.subarray(...range)) / lag);

function velocityCovariance({ summaries, weights }: WeightedSummaries, planes: number, lag: number): Matrix {
  const series = Array.from({ length: planes }, (_, plane) => summaries.map(({ rotation }) => rotation[plane] / lag));
  const result = zeros(planes, planes);
  for (let a = 0; a < planes; a++) {
    for (let b = 0; b <= a; b++) {
      const value = covarianceOfMean(series[a], series[b], weights);
      result.data[a * planes + b] = result.data[b * planes + a] = value;
    }
  }
  return result;
}

/** c^T a c of a square matrix. */
function quadraticForm(a: Float64Array, c: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < c.length; i++) for (let j = 0; j < c.length; j++) sum += c[i] * a[i * c.length + j] * c[j];
  return sum;
}

/** omega c = sum_ab omega_ab Omega_ab c, where Omega_ab c = c_b e_a - c_a e_b; omega by its planes. */
function displacementOf(omega: Float64Array, code: Float64Array): Float64Array {
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
