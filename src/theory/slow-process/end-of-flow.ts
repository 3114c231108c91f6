import { fromData, maxAbs, sliceCols, symmetricEigen, type Matrix } from '#linalg';
import { secondMoment, thetaOf, type Model, type State } from '#model';
import { gradientOf, type Problem } from '../minimum/factors.js';

/** A step in units of the shortest time of the flow: what a Runge-Kutta step of fourth order is off is then below 1e-5. */
const STEP = 0.25;
/** The flow has come to rest where it is slower than this share of its greatest speed, or moves by no more than rounding. */
const AT_REST = 1e-6;
const ROUNDING = 1e-11;
/** Most multiplications: about a second. */
const MAX_OPERATIONS = 1e9;

/**
 * Where the mean flow of a two-layer network takes a state, dTheta/dt = -grad (loss + (gamma/2) |Theta|^2); the state itself where
 * that takes too long. O(k n m) a step.
 */
export function endOfFlow({ target, input, weightDecay }: Model, start: State): State {
  const problem: Problem = { target, sigma: secondMoment(input), gamma: weightDecay };
  const theta = thetaOf(start);
  const n = target.cols;
  const flow = (at: Matrix): Float64Array => {
    const { g1, g2 } = gradientOf(problem, { w1: sliceCols(at, 0, n), w2t: sliceCols(at, n, at.cols) });
    const slope = new Float64Array(at.data.length);
    for (let a = 0; a < at.rows; a++) {
      for (let j = 0; j < n; j++) slope[a * at.cols + j] = -g1.data[a * n + j];
      for (let i = n; i < at.cols; i++) slope[a * at.cols + i] = -g2.data[a * (at.cols - n) + i - n];
    }
    return slope;
  };
  const operations = 4 * (4 * theta.rows * target.rows * n + target.rows * n * n);
  const rate = fastestRate(problem, theta);
  const step = STEP / rate;
  let at = theta;
  let fastest = 0;
  for (let left = MAX_OPERATIONS; left > 0; left -= operations) {
    const first = flow(at);
    const speed = Math.hypot(...first);
    fastest = Math.max(fastest, speed);
    if (!(speed > Math.max(AT_REST * fastest, ROUNDING * rate * Math.hypot(...at.data)))) return [at];
    const second = flow(moved(at, first, step / 2));
    const third = flow(moved(at, second, step / 2));
    const fourth = flow(moved(at, third, step));
    const mean = first.map((value, i) => (value + 2 * second[i] + 2 * third[i] + fourth[i]) / 6);
    at = moved(at, mean, step);
  }
  return start;
}

const moved = ({ rows, cols, data }: Matrix, slope: Float64Array, time: number): Matrix =>
  fromData(
    rows,
    cols,
    data.map((value, i) => value + time * slope[i]),
  );

/** A bound of the curvature on the way: both factors stay as large as the larger of the present one and of the target allow. */
function fastestRate({ target, sigma, gamma }: Problem, theta: Matrix): number {
  const { values } = symmetricEigen(sigma);
  const largest = Math.max(...values);
  const scale = Math.max(
    theta.data.reduce((sum, value) => sum + value * value, 0) / Math.min(theta.rows, target.cols),
    Math.sqrt(target.rows * target.cols) * maxAbs(target),
  );
  return gamma + 2 * largest * scale;
}
