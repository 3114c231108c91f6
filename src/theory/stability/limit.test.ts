import { describe, expect, it } from 'vitest';
import { add, apply, diagonal, dot, fromData, identity, inner, multiply, scale, transpose, type Matrix } from '#linalg';
import {
  createReferenceStepper,
  gaussianPart,
  inputDistribution,
  secondMoment,
  type InputDistribution,
  type Model,
} from '#model';
import { predict, type Prediction } from '../index.js';
import { minimum } from '../minimum/minimum.js';
import { sharedAxes } from '../minimum/shared-axes.js';
import { twoLayerJets } from '../next-order/two-layer/jets.js';
import { modeBlocks } from '../solvers/commuting/hessian-blocks.js';
import { commutingModes, inputInModes } from '../solvers/commuting/modes.js';
import { normalSpace } from '../solvers/general/hessian.js';
import { modeCoordinates } from '../solvers/general/mode-coordinates.js';
import { denseSecondMoments } from './dense.js';
import { blockLimit } from './limit.js';
import { squareProducts } from './square-products.js';

const modelOf = (target: Matrix, input: InputDistribution, changes: Partial<Model> = {}): Model => ({
  hiddenUnits: 3,
  target,
  input,
  learningRate: 0.01,
  weightDecay: 0.1,
  labelNoiseVariance: 0.2,
  batchSize: 1,
  ...changes,
});

const gaussian = gaussianPart(1, diagonal([1.4, 1, 0.7, 0.08]));
const parts = [gaussianPart(0.3, diagonal([1.4, 1, 0.7, 0.3])), gaussianPart(0.5, diagonal([0.4, 1.2, 0.7, 0.8]))];
const axial = [{ probability: 0.2, stimulus: [0, 2, 0, 0] }];
const stimuli = [
  { probability: 0.3, stimulus: [1.5, 0, 0.2] },
  { probability: 0.4, stimulus: [0.3, 1, -0.4] },
  { probability: 0.3, stimulus: [-0.8, 1, 0.9] },
];
const task = fromData(2, 3, Float64Array.of(1.2, 0.3, -0.1, -0.2, 0.9, 0.4));

const symmetric: Record<string, Model> = {
  'one Gaussian': modelOf(identity(4), inputDistribution(4, [gaussian], []), { hiddenUnits: 8 }),
  'a bottleneck': modelOf(identity(4), inputDistribution(4, [gaussian], []), { hiddenUnits: 2, batchSize: 2 }),
  'a mixture': modelOf(diagonal([1, 0.8, 1.2, 0.5], 5, 4), inputDistribution(4, parts, axial), { batchSize: 3 }),
  'fewer outputs': modelOf(diagonal([1, 0.8], 2, 4), inputDistribution(4, [gaussian], []), { labelNoiseVariance: 0 }),
};
const others: Record<string, Model> = {
  'a data set': modelOf(identity(3), inputDistribution(3, [], stimuli)),
  'data beside a Gaussian': modelOf(
    identity(3),
    inputDistribution(
      3,
      [gaussianPart(0.5, diagonal([1.4, 1, 0.7]))],
      stimuli.map((s) => ({ ...s, probability: s.probability / 2 })),
    ),
  ),
  'a general task': modelOf(task, inputDistribution(3, [gaussianPart(1, diagonal([1.4, 1, 0.7]))], []), {
    batchSize: 2,
  }),
};

const limitOf = (model: Model): number => predict(model, []).stability.learningRate;

describe('second moments', () => {
  it.each(Object.entries({ ...symmetric, ...others }))(
    'of %s: E[A S A] is the sum over features of the input',
    (_, model) => {
      const modes = modeCoordinates(model, minimum(model));
      const normal = normalSpace(model, modes);
      const { rates, noise } = twoLayerJets(model, modes, normal);
      const size = normal.length;
      const factor = fromData(
        size,
        size,
        Float64Array.from({ length: size ** 2 }, (_, i) => Math.sin(3 * i + 1)),
      );
      const covariance = multiply(factor, transpose(factor));
      const mean = diagonal(rates);
      const expected = noise.reduce(
        (sum, { linear }) => add(sum, multiply(linear, covariance, transpose(linear)), 1 / model.batchSize),
        multiply(mean, covariance, mean),
      );
      const found = fromData(size, size, denseSecondMoments(model, modes, normal).square(covariance.data));
      const off = add(found, expected, -1);
      expect(inner(off, off)).toBeLessThan(1e-24 * inner(expected, expected));
    },
  );
});

/** Gradient of the loss of one sample without label noise, by definition. */
function gradient({ target, weightDecay }: Model, theta: Matrix, x: Float64Array): Matrix {
  const n = x.length;
  const rows = Array.from({ length: theta.rows }, (_, a) => theta.data.subarray(a * theta.cols, (a + 1) * theta.cols));
  const h = rows.map((row) => dot(row.subarray(0, n), x));
  const error = apply(target, x).map((y, i) => y - rows.reduce((sum, row, a) => sum + row[n + i] * h[a], 0));
  const data = rows.flatMap((row, a) => {
    const back = dot(row.subarray(n), error);
    return Array.from(row, (w, c) => weightDecay * w - (c < n ? back * x[c] : error[c - n] * h[a]));
  });
  return fromData(theta.rows, theta.cols, Float64Array.from(data));
}

/** The Hessian of each sample by finite differences, on the orthogonal complement of the rotations. */
function hessians(
  model: Model,
  { referencePoint: [theta] }: Prediction,
): { readonly projection: Matrix; readonly all: Matrix[] } {
  const { rows, cols } = theta;
  const size = rows * cols;
  const tangents: Float64Array[] = [];
  for (let a = 0; a < rows; a++) {
    for (let b = a + 1; b < rows; b++) {
      const tangent = new Float64Array(size);
      for (let c = 0; c < cols; c++) {
        tangent[a * cols + c] = theta.data[b * cols + c];
        tangent[b * cols + c] = -theta.data[a * cols + c];
      }
      tangents.push(tangent.map((value) => value / Math.hypot(...tangent)));
    }
  }
  const projection = tangents.reduce(
    (matrix, t) => add(matrix, multiply(fromData(size, 1, t), fromData(1, size, t)), -1),
    identity(size),
  );
  const all = Array.from({ length: model.input.stimuli.rows }, (_, k) => {
    const x = model.input.stimuli.data.slice(k * model.input.size, (k + 1) * model.input.size);
    const columns = Array.from({ length: size }, (__, i) => {
      const at = (sign: number): Matrix => {
        const data = theta.data.slice();
        data[i] += sign * 1e-4;
        return gradient(model, { ...theta, data }, x);
      };
      return add(at(1), at(-1), -1).data.map((value) => value / 2e-4);
    });
    const hessian = fromData(size, size, Float64Array.from(columns.flatMap((column) => [...column])));
    return multiply(projection, hessian, projection);
  });
  return { projection, all };
}

/** Spectral radius of S -> E (1 - eta A) S (1 - eta A) by its powers. */
function radius(probabilities: Float64Array, { projection, all }: ReturnType<typeof hessians>, rate: number): number {
  const size = projection.rows;
  const steps = all.map((hessian) => add(projection, hessian, -rate));
  let covariance = projection;
  let growth = 0;
  for (let t = 0; t < 400; t++) {
    const next = steps.reduce(
      (sum, step, k) => add(sum, multiply(step, covariance, step), probabilities[k]),
      scale(identity(size), 0),
    );
    growth = Math.sqrt(inner(next, next) / inner(covariance, covariance));
    covariance = scale(next, 1 / Math.sqrt(inner(next, next)));
  }
  return growth;
}

describe('the limit of mean-square stability', () => {
  const noiseless = modelOf(identity(3), inputDistribution(3, [], stimuli), { labelNoiseVariance: 0 });

  it('is where the second moment grows under the steps of single samples, their Hessians by finite differences', () => {
    const prediction = predict(noiseless, []);
    const all = hessians(noiseless, prediction);
    const limit = prediction.stability.learningRate;
    const { probabilities } = noiseless.input;
    expect(radius(probabilities, all, 0.8 * limit)).toBeLessThan(0.99);
    expect(radius(probabilities, all, limit)).toBeCloseTo(1, 3);
    expect(radius(probabilities, all, 1.25 * limit)).toBeGreaterThan(1.05);
  });

  it('is where simulations leave the minimum: none at 0.8 of it, most at 1.25', () => {
    const {
      referencePoint: [theta],
      stability,
    } = predict(noiseless, []);
    const left = (factor: number): number => {
      const model = { ...noiseless, learningRate: factor * stability.learningRate };
      const replicas = Array.from({ length: 200 }, (_, i) => i);
      const stepper = createReferenceStepper(
        model,
        1,
        replicas,
        replicas.map(() => [theta]),
      );
      stepper.advance(400);
      const state = [{ ...theta, data: theta.data.slice() }];
      return replicas.filter((replica) => {
        stepper.read(replica, state);
        const norm = inner(state[0], state[0]);
        return !(norm < 100 * inner(theta, theta));
      }).length;
    };
    expect(left(0.8)).toBe(0);
    expect(left(1.25)).toBeGreaterThan(100);
  });

  it.each(Object.entries(symmetric))('from blocks is that from all second moments: %s', (_, model) => {
    const { path, stability } = predict(model, []);
    expect([path, stability.exact]).toEqual(['spectral', true]);
    for (const other of ['general', 'moments'] as const) {
      expect(predict(model, [], { path: other }).stability.learningRate / stability.learningRate).toBeCloseTo(1, 3);
    }
  });

  it.each(Object.entries(others).slice(0, 2))('from blocks alone is an upper bound, not far off: %s', (_, model) => {
    const modes = commutingModes(model, sharedAxes(model.target, secondMoment(model.input)) ?? []);
    const bound = blockLimit(modes, modeBlocks(modes), squareProducts(inputInModes(modes, model.input)), false);
    expect(bound.learningRate).toBeGreaterThan((1 - 1e-4) * limitOf(model));
    expect(bound.learningRate).toBeLessThan(1.5 * limitOf(model));
  });

  it('is below 2 / mu, and does not depend on the learning rate', () => {
    const model = symmetric['one Gaussian'];
    const { stability, normalHessianEigenvalues } = predict(model, []);
    expect(stability.learningRate).toBeLessThan(2 / normalHessianEigenvalues[normalHessianEigenvalues.length - 1]);
    expect(limitOf({ ...model, learningRate: 0.15 })).toBe(stability.learningRate);
  });

  it('is refused with the rate that would be accepted', () => {
    const model = symmetric['one Gaussian'];
    const limit = limitOf(model);
    expect(() => predict({ ...model, learningRate: 0.5 }, [])).toThrow(
      /learningRate 0.5 is beyond stability: from 0\.\d+ on/,
    );
    const message = ((): string => {
      try {
        predict({ ...model, learningRate: 0.5 }, []);
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    })();
    const accepted = Number(/below ([\d.]+)$/.exec(message)?.[1]);
    expect(accepted / limit).toBeCloseTo(1, 3);
    expect(() => predict({ ...model, learningRate: accepted }, [])).not.toThrow();
    expect(() => predict({ ...model, learningRate: 1.001 * limit }, [])).toThrow('beyond stability');
  });
});
