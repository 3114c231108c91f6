import type { ProbePrediction } from '../solution.js';
import { predictedCourses, type PredictedCourses, type SlowMotion } from './time-courses.js';

/** A motion with what the learning rate is expected to put its rates off. */
export interface EstimatedMotion extends SlowMotion {
  readonly probes: readonly Pick<
    ProbePrediction,
    'representation' | 'squaredNorm' | 'fluctuation' | 'fluctuationAlong' | 'directedSpeed' | 'learningRateError'
  >[];
}

/**
 * What the learning rate is expected to put the predicted time courses off, absolute: an estimate, not a bound. Rates that are wrong by the
 * errors of D and v of the probe that has the largest, and of |h|^2 and F of each probe, taken as independent. Directed drift is where the
 * error grows: a velocity that is off by 10% is 10% of a turn off after a turn.
 */
export function courseErrors(motion: EstimatedMotion, steps: readonly number[]): PredictedCourses {
  const { probes, drift } = motion;
  const ofDiffusion = Math.max(0, ...probes.map(({ learningRateError }) => learningRateError.diffusion));
  const fastest = Math.max(0, ...probes.map(({ directedSpeed }) => directedSpeed));
  const slips = probes.map(({ directedSpeed, learningRateError }) => directedSpeed * learningRateError.directedSpeed);
  const ofVelocity = fastest > 0 ? Math.max(...slips) / fastest : 0;

  /** The courses with diffusion and velocity times these factors: the generator scales with the time. */
  const at = (diffusion: number, velocity: number): PredictedCourses =>
    predictedCourses(
      { ...motion, drift: { ...drift, velocity: drift.velocity.map((value) => (value * velocity) / diffusion) } },
      steps.map((time) => time * diffusion),
    );
  const expected = at(1, 1);
  const changed = [at(1 + ofDiffusion, 1), ...(ofVelocity > 0 ? [at(1, 1 + ofVelocity), at(1, 1 - ofVelocity)] : [])];
  type Course = keyof PredictedCourses;
  /** Largest change by D and by v, and `own`, of each probe itself. */
  const table = (course: Course, own: (k: number, value: number) => number): (number | null)[][] =>
    expected[course].map((row, i) =>
      row.map((value, k) => {
        if (value === null) return null;
        if (steps[i] === 0) return 0;
        const [diffusion = 0, ...velocity] = changed.map((other) => Math.abs((other[course][i][k] ?? 0) - value));
        return Math.hypot(diffusion, Math.max(0, ...velocity), own(k, value));
      }),
    );
  return {
    selfCorrelation: table('selfCorrelation', (k) => {
      const { squaredNorm, fluctuation, learningRateError } = probes[k];
      return Math.min(1, fluctuation / squaredNorm) * learningRateError.fluctuation;
    }),
    squaredDisplacement: table('squaredDisplacement', (k, value) => {
      const { fluctuation, learningRateError } = probes[k];
      return Math.hypot(2 * fluctuation * learningRateError.fluctuation, value * learningRateError.squaredNorm);
    }) as number[][],
    projectedSquaredDisplacement: table(
      'projectedSquaredDisplacement',
      (k, value) => value * probes[k].learningRateError.squaredNorm,
    ) as number[][],
  };
}
