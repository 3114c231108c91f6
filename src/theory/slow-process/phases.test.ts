import { describe, expect, it } from 'vitest';
import { add, diagonal, fromRows, identity, multiply, norm, sliceCols, toRows, transpose, type Matrix } from '#linalg';
import {
  definitionOf,
  gaussianPart,
  inputDistribution,
  populationLoss,
  ruleOf,
  secondMoment,
  type Model,
  type RuleModel,
} from '#model';
import { predictByRule } from '../engine/prediction.js';
import { predict, type Prediction } from '../predict.js';
import { endOfFlow } from './end-of-flow.js';
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

/** The projection onto the orbit of a reference point. */
const leftRotations = (model: Model) => ({
  project(frame: Float64Array, state: readonly Matrix[], referencePoint: readonly Matrix[]): void {
    ruleOf(model).symmetry(model)[0].projection(referencePoint, 3).project(frame, state);
  },
});

function transitionOf(...manifolds: Parameters<typeof frameTransition>): Matrix {
  const transition = frameTransition(...manifolds);
  if (!transition) throw new Error('there is a symmetry');
  return transition;
}

/** A step of gradient descent by the mean of all samples. */
function descent({ target, input, weightDecay }: Model, theta: Matrix, rate: number): Matrix {
  const w1 = sliceCols(theta, 0, 3);
  const w2t = sliceCols(theta, 3, 6);
  const drive = multiply(add(target, multiply(transpose(w2t), w1), -1), secondMoment(input));
  const slope = transpose(
    fromRows([
      ...toRows(transpose(add(multiply(w2t, drive), w1, -weightDecay))),
      ...toRows(transpose(add(multiply(w1, transpose(drive)), w2t, -weightDecay))),
    ]),
  );
  return add(theta, slope, rate);
}

const probes = [Float64Array.of(1, 0, 0), Float64Array.of(1, 1, 0.5)];
const predicted = (model: Model): Prediction => predict(model, probes);
const expectClose = (found: readonly (number | null)[], expected: readonly (number | null)[]): void => {
  expect(found.map((value, k) => (value ?? NaN) / (expected[k] ?? NaN))).toEqual(
    expected.map(() => expect.closeTo(1, 10) as number),
  );
};

describe('the mean flow', () => {
  const far = modelOf({
    target: fromRows([
      [-1, 0.8, 0],
      [0, -1, 0.8],
      [0.8, 0, 1],
    ]),
  });
  const [start] = predicted(modelOf()).referencePoint;

  it('ends on the new manifold, at rest where it is there already', () => {
    const [end] = endOfFlow(far, [start]);
    expect(
      populationLoss(far)(end).regularized / populationLoss(far)(predicted(far).referencePoint[0]).regularized,
    ).toBeCloseTo(1, 9);
    const [again] = endOfFlow(far, [end]);
    expect(norm(add(again, end, -1)) / norm(end)).toBeLessThan(1e-4);
    const fixed = predicted(far).referencePoint;
    expect(endOfFlow(far, fixed)[0].data).toEqual(fixed[0].data);
  });

  it('turns codes on its way, as short steps of gradient descent do, beside what the nearest point would', () => {
    const before = predicted(modelOf());
    const after = predicted(far);
    const { data } = transitionOf({ model: far, ...before }, { model: far, ...after });
    const nearest = new Float64Array(9);
    leftRotations(far).project(nearest, before.referencePoint, after.referencePoint);
    const descended = new Float64Array(9);
    let theta = start;
    for (let step = 0; step < 12000; step++) theta = descent(far, theta, 0.01);
    leftRotations(far).project(descended, [theta], after.referencePoint);
    const transposed = transpose({ rows: 3, cols: 3, data }).data;
    expect(Math.max(...transposed.map((value, i) => Math.abs(value - descended[i])))).toBeLessThan(1e-3);
    expect(Math.max(...transposed.map((value, i) => Math.abs(value - nearest[i])))).toBeGreaterThan(5e-3);
  });
});

describe('self-correlations across phases', () => {
  const model = modelOf();
  const first = predicted(model);

  it('are those of one phase where nothing changes', () => {
    const transition = transitionOf({ model, ...first }, { model, ...first });
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
    const transition = transitionOf({ model, ...first }, { model, ...fast });
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
    const transition = transitionOf({ model, ...first }, turned);
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

  it('are not predicted for a rule without symmetry', () => {
    const input = inputDistribution(2, [gaussianPart(1, diagonal([1.4, 0.8]))], []);
    const sanger = { rule: 'sanger', outputs: 1, learningRate: 0.01, input };
    const manifold = { model: sanger, referencePoint: [fromRows([[1, 0]])] };
    expect(frameTransition(manifold, manifold)).toBeNull();
  });

  it('take the units along that a reference point leaves out because they are silent', () => {
    const quiet = {
      rule: 'deepLinear',
      hiddenLayers: [4],
      target: identity(2),
      input: inputDistribution(2, [gaussianPart(1, diagonal([1.3, 0.8]))], []),
      learningRate: 0.01,
      weightDecay: 0.1,
      labelNoiseVariance: 0.1,
      batchSize: 1,
    };
    const noise = { variance: 1e-4, scaling: 'sqrt', layers: 'all', symmetric: true } as const;
    const noisy = { ...quiet, synapticNoise: noise };
    const manifoldOf = (model: RuleModel) => {
      const rule = definitionOf(model);
      if (!rule) throw new Error('the rule has a definition');
      return { model, ...predictByRule(rule, model, [Float64Array.of(1, 0)]) };
    };
    const transition = transitionOf(manifoldOf(quiet), manifoldOf(noisy));
    expect([transition.rows, transition.cols]).toEqual([2, 4]);
    const expected = [1, 0, 0, 0, 0, 1, 0, 0].map((value) => expect.closeTo(value, 9) as number);
    expect(Array.from(transition.data, Math.abs)).toEqual(expected);
  });

  it('are of fewer modes where a phase forgets some, which it cannot learn again', () => {
    const few = predicted(modelOf({ weightDecay: 0.95 }));
    expect(few.singularValues.length).toBeLessThan(3);
    const transition = transitionOf({ model, ...first }, { model, ...few });
    expect([transition.rows, transition.cols]).toEqual([3, few.singularValues.length]);
    const overlap = multiply(transpose(transition), transition);
    expect(Array.from(overlap.data)).toEqual(
      Array.from(identity(few.singularValues.length).data, (value) => expect.closeTo(value, 10) as number),
    );
  });
});
