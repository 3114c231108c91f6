import { describe, expect, it } from 'vitest';
import { diagonal, fromData, multiply, transpose, zeros, type Matrix } from '#linalg';
import { gaussianPart, inputDistribution, type Model } from '#model';
import { minimum } from '../../minimum/minimum.js';
import { planes } from '../../rotation/planes.js';
import { normalSpace } from '../../solvers/general/hessian.js';
import { modeCoordinates } from '../../solvers/general/mode-coordinates.js';
import { NormalBasis } from './basis.js';
import { UpdateField } from './update-field.js';

const [n, m] = [3, 2];
const model: Model = {
  hiddenUnits: 8,
  target: fromData(m, n, Float64Array.of(1.2, 0.3, -0.1, -0.2, 0.9, 0.4)),
  input: inputDistribution(n, [gaussianPart(1, diagonal([1.4, 1, 0.7]))], []),
  learningRate: 0.01,
  weightDecay: 0.1,
  labelNoiseVariance: 0.2,
  batchSize: 1,
};
const modes = modeCoordinates(model, minimum(model));
const basis = new NormalBasis(modes, normalSpace(model, modes));
const { root, count } = basis;
const columns = n + m;

const x = Float64Array.of(0.7, -1.2, 0.4);
const eps = Float64Array.of(0.3, -0.5);
const outer = (left: Float64Array, right: Float64Array): Matrix =>
  multiply(fromData(left.length, 1, left), fromData(1, right.length, right));
const field = new UpdateField(basis, outer(x, x), outer(eps, x));

/** Minus the gradient of 1/2 |y - W2 W1 x|^2 as the network computes it, y = (R + M) x + eps, at Theta* + displacement. */
function descent(displacement: Float64Array): Float64Array {
  const theta = basis.minimum().map((value, at) => value + displacement[at]);
  const hidden = Array.from(root, (_, a) => x.reduce((sum, value, j) => sum + theta[a * columns + j] * value, 0));
  const error = Array.from(eps, (noise, i) => {
    const missing = x.reduce(
      (sum, value, j) => sum + modes.residual.data[i * n + j] * value,
      noise + root[i] ** 2 * x[i],
    );
    return hidden.reduce((sum, value, a) => sum - theta[a * columns + n + i] * value, missing);
  });
  return theta.map((_, at) => {
    const [a, c] = [Math.floor(at / columns), at % columns];
    const back = error.reduce((sum, value, i) => sum + theta[a * columns + n + i] * value, 0);
    return c < n ? back * x[c] : hidden[a] * error[c - n];
  });
}

/** Normal components and rotations of a displacement together. */
function components(displacement: Float64Array): Float64Array {
  const result = new Float64Array(count + planes(root.length).length);
  basis.project(displacement, result, 0);
  basis.rotation(displacement, result, count);
  return result;
}

const weights = Float64Array.from({ length: count }, (_, i) => Math.sin(3 * i * i + 1));

/** The orders of the field at the displacement sum w_i e_i. */
function orders(): Float64Array[] {
  const linear = field.linear();
  const first = [linear.normal, linear.rotation].flatMap((part) =>
    Array.from(multiply(part, fromData(count, 1, weights)).data),
  );
  const second = new Float64Array(first.length);
  field.visitQuadratic((j, k, image) => {
    const weight = (j === k ? 1 : 2) * weights[j] * weights[k];
    components(image).forEach((value, i) => (second[i] += weight * value));
  });
  const third = new Float64Array(first.length);
  field.visitCubic((j, k, l, image) => {
    const multiplicity = j === l ? 1 : j === k || k === l ? 3 : 6;
    const weight = multiplicity * weights[j] * weights[k] * weights[l];
    components(image).forEach((value, i) => (third[i] += weight * value));
  });
  const zeroth = new Float64Array(first.length);
  zeroth.set(field.normal());
  return [zeroth, Float64Array.from(first), second, third];
}

/** The different ways to single out one of three indices. */
function splits(j: number, k: number, l: number): number[][] {
  const result = [[j, k, l]];
  if (k !== j) result.push([k, j, l]);
  if (l !== k) result.push([l, j, k]);
  return result;
}

describe('the update of one sample', () => {
  it('is the sum of its orders', () => {
    const parts = orders();
    const displacement = new Float64Array(root.length * columns);
    weights.forEach((weight, i) => {
      basis.displacement(i).forEach((value, at) => (displacement[at] += weight * value));
    });
    for (const size of [0, 0.5, 1, 2]) {
      const expected = components(descent(displacement.map((value) => size * value)));
      const found = parts
        .map((part, order) => part.map((value) => value * size ** order))
        .reduce((sum, part) => sum.map((value, i) => value + part[i]));
      found.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i], 12);
      });
    }
  });

  it('has rotations of third order that agree with the trilinear form', () => {
    const factor = zeros(count, count);
    factor.data.forEach((_, at) => (factor.data[at] = Math.cos(at * at)));
    const s = multiply(factor, transpose(factor));
    const found = field.cubicRotation(s);
    const expected = zeros(found.rows, count);
    field.visitCubic((j, k, l, image) => {
      const rotation = components(image).subarray(count);
      for (const [other, p, q] of splits(j, k, l)) {
        const weight = (p === q ? 1 : 2) * s.data[p * count + q];
        rotation.forEach((value, a) => (expected.data[a * count + other] += weight * value));
      }
    });
    found.data.forEach((value, at) => {
      expect(value).toBeCloseTo(expected.data[at], 10);
    });
  });
});
