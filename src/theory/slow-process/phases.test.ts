import { describe, expect, it } from 'vitest';
import { diagonal, fromRows, identity, multiply, transpose } from '#linalg';
import { gaussianPart, inputDistribution, type Model } from '#model';
import { predict, type Prediction } from '../predict.js';
import { correlationAcross, frameTransition } from './phases.js';
import { predictedCourses } from './time-courses.js';

const modelOf = (changes: Partial<Model> = {}): Model => ({
  hiddenUnits: 3,
  target: identity(3),
  input: inputDistribution(
    3,
    [gaussianPart(0.8, diagonal([1.3, 1, 0.8]))],
    [{ probability: 0.2, stimulus: [1, 1, 0.5] }],
  ),
  learningRate: 0.01,
  weightDecay: 0.1,
  labelNoiseVariance: 0.25,
  batchSize: 1,
  ...changes,
});

const probes = [Float64Array.of(1, 0, 0), Float64Array.of(1, 1, 0.5)];
const predicted = (model: Model): Prediction => predict(model, probes);
const expectClose = (found: readonly (number | null)[], expected: readonly (number | null)[]): void => {
  expect(found.map((value, k) => (value ?? NaN) / (expected[k] ?? NaN))).toEqual(
    expected.map(() => expect.closeTo(1, 10) as number),
  );
};

describe('self-correlations across phases', () => {
  const model = modelOf();
  const first = predicted(model);

  it('are those of one phase where nothing changes', () => {
    const transition = frameTransition({ model, ...first }, { model, ...first });
    const phases = [
      { motion: first, steps: 3e6, transition: null },
      { motion: first, steps: 2e6, transition },
      { motion: first, steps: 0, transition },
    ];
    const [across] = correlationAcross(phases, [4e6]);
    const [fromEnd] = correlationAcross(phases, [4e6], { fromEnd: true });
    const { selfCorrelation } = predictedCourses(first, [9e6, 6e6]);
    expectClose(across, selfCorrelation[0]);
    expectClose(fromEnd, selfCorrelation[1]);
    expect(Math.max(...across.map((value) => value ?? 1))).toBeLessThan(0.95);
  });

  it('begin at 1, and are null for a probe that is not represented in both', () => {
    const phase = { motion: first, steps: 0, transition: null };
    expect(correlationAcross([phase], [0])).toEqual([[1, 1]]);
    const dead = { ...first, probes: first.probes.map((own) => ({ ...own, representation: new Float64Array(3) })) };
    const transition = identity(3);
    expect(correlationAcross([phase, { motion: dead, steps: 1, transition }], [5])).toEqual([[null, null]]);
  });

  it('lose the decay of each phase by its own rates', () => {
    const fast = predicted(modelOf({ learningRate: 0.02 }));
    const transition = frameTransition({ model, ...first }, { model, ...fast });
    const lossOf = (motion: Prediction, steps: number): number =>
      1 -
      (predictedCourses(motion, [steps]).projectedSquaredDisplacement[0][0] ?? 0) / (2 * motion.probes[0].squaredNorm);
    const correlation = (steps: number): number =>
      correlationAcross(
        [
          { motion: first, steps, transition: null },
          { motion: fast, steps: 0, transition },
        ],
        [steps],
      )[0][0] ?? NaN;
    // To first order in the time, losses add up.
    const expected = lossOf(first, 1e4) + lossOf(fast, 1e4) - 2;
    expect((correlation(1e4) - correlation(0)) / (correlation(0) * expected)).toBeCloseTo(1, 2);
  });

  it('follow the frame to a reference point that is turned', () => {
    const turn = fromRows([
      [0.6, -0.8, 0],
      [0.8, 0.6, 0],
      [0, 0, 1],
    ]);
    const [theta] = first.referencePoint;
    const turned = { model, referencePoint: [multiply(turn, theta)] };
    const transition = frameTransition({ model, ...first }, turned);
    expect(Array.from(transition.data)).toEqual(
      Array.from(transpose(turn).data, (value) => expect.closeTo(value, 10) as number),
    );
    // Codes of the second phase, seen in its own frame, are turned too.
    const motion = {
      ...first,
      probes: first.probes.map((own) => ({
        ...own,
        representation: multiply(turn, { rows: 3, cols: 1, data: own.representation }).data,
        fluctuationAlong: multiply(turn, { rows: 3, cols: 1, data: own.fluctuationAlong }).data,
      })),
    };
    const [across] = correlationAcross(
      [
        { motion: first, steps: 4e6, transition: null },
        { motion, steps: 0, transition },
      ],
      [0],
    );
    expectClose(across, predictedCourses(first, [4e6]).selfCorrelation[0]);
  });

  it('are of fewer modes where a phase forgets some, which it cannot learn again', () => {
    const few = predicted(modelOf({ weightDecay: 0.95 }));
    expect(few.singularValues.length).toBeLessThan(3);
    const transition = frameTransition({ model, ...first }, { model, ...few });
    expect([transition.rows, transition.cols]).toEqual([3, few.singularValues.length]);
    const overlap = multiply(transpose(transition), transition);
    expect(Array.from(overlap.data)).toEqual(
      Array.from(identity(few.singularValues.length).data, (value) => expect.closeTo(value, 10) as number),
    );
  });
});
