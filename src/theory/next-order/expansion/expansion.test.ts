// The expansion for rules that are not two-layer SGD: rules of three modes with other noise and other symmetry, against a series of the
// eigenvalue problem of the mean of the frame, which shares no step with the derivation.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { add, fromData, identity, multiply, scale, trace, type Matrix } from '#linalg';
import { expand } from './expansion.js';
import { DenseCovariance } from '../../rotation/dense.js';
import { jetsOfRule, type PolynomialRule } from '../../../../test/support/polynomial-rule.js';

interface Case extends PolynomialRule {
  readonly name: string;
  readonly expected: {
    readonly velocity: readonly [number[], number[]];
    /** Generator of the mean frame at order eta^3. */
    readonly diffusion: number[][];
    /** tr K6, tr K8. */
    readonly trace: readonly [number, number];
    /** Order eta^8 of the trace of the cube of the generator, which has K8 along v4. */
    readonly cube: number;
  };
}

const cases = JSON.parse(
  readFileSync(new URL('../../../../test/fixtures/next-order-rules.json', import.meta.url), 'utf8'),
) as Case[];

function antisymmetric([x, y, z]: ArrayLike<number> & Iterable<number>): Matrix {
  return fromData(3, 3, Float64Array.of(0, x, y, -x, 0, z, -y, -z, 0));
}

/** 1/2 sum K_ab Omega_a Omega_b. */
const diffusive = (tensor: Matrix): Matrix => scale(new DenseCovariance(tensor).rotateBothSides(identity(3)), 0.5);

describe.each(cases)('$name', (rule) => {
  const { velocity, diffusion } = expand(jetsOfRule(rule));
  const { expected } = rule;

  it('has the velocity of both orders', () => {
    [velocity.leading, velocity.next].forEach((found, order) => {
      found.forEach((value, plane) => {
        expect(value).toBeCloseTo(expected.velocity[order][plane], 10);
      });
    });
  });

  it('has the rotation diffusion of the leading order, and of the next its trace and its component along the velocity', () => {
    const [second, third] = [diffusive(diffusion.leading), diffusive(diffusion.next)];
    const symmetric = expected.diffusion.map((row, i) => row.map((value, j) => (value + expected.diffusion[j][i]) / 2));
    second.data.forEach((value, at) => {
      expect(value).toBeCloseTo(symmetric.flat()[at], 11);
    });
    expect(trace(diffusion.leading) / expected.trace[0]).toBeCloseTo(1, 10);
    expect(trace(diffusion.next) / expected.trace[1]).toBeCloseTo(1, 10);
    const directed = antisymmetric(velocity.leading);
    const mixed = add(antisymmetric(velocity.next), second);
    const cube = 3 * trace(multiply(directed, directed, third)) + 3 * trace(multiply(directed, mixed, mixed));
    expect(cube / expected.cube).toBeCloseTo(1, 9);
  });
});
