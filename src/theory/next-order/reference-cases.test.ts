// The next order of the theory against an independent program, in fourteen models (docs/next-order.md).
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { dot, fromRows, symmetricEigen, trace } from '#linalg';
import { gaussianPart, inputDistribution, type Model } from '#model';
import { predict } from '../index.js';
import { minimum } from '../minimum/minimum.js';
import { expand, type Expansion } from './expansion/expansion.js';
import { probeCoefficients, type ProbeCoefficients } from './probes.js';
import { twoLayerJets } from './two-layer/jets.js';
import { normalSpace } from '../solvers/general/hessian.js';
import { modeCoordinates } from '../solvers/general/mode-coordinates.js';

type Coefficients = readonly [leading: number, next: number];

interface Case {
  readonly name: string;
  readonly input: readonly (
    | { readonly kind: 'gaussian'; readonly weight: number; readonly covariance: number[][] }
    | { readonly kind: 'point'; readonly weight: number; readonly stimulus: number[] }
  )[];
  readonly target: number[][];
  readonly weightDecay: number;
  readonly labelNoiseVariance: number;
  readonly hiddenUnits: number;
  readonly batchSize: number;
  readonly expected: {
    /** v4.v4, v4.v6, v6.v6. */
    readonly velocitySquares: readonly [number, number, number];
    readonly rotationDiffusion: { readonly leading: number[]; readonly next: number[] };
    readonly normalVariance: Coefficients;
    readonly probes: readonly {
      readonly stimulus: number[];
      readonly squaredNorm: Coefficients;
      readonly fluctuation: Coefficients;
      readonly diffusion: Coefficients;
      readonly motionSquares: readonly [number, number, number];
    }[];
  };
}

const cases = JSON.parse(
  readFileSync(new URL('../../../test/fixtures/next-order-cases.json', import.meta.url), 'utf8'),
) as Case[];

function modelOf({ input, target, ...rest }: Case, learningRate: number): Model {
  const gaussians = input.flatMap((part) =>
    part.kind === 'gaussian' ? [gaussianPart(part.weight, fromRows(part.covariance))] : [],
  );
  const stimuli = input.flatMap((part) =>
    part.kind === 'point' ? [{ probability: part.weight, stimulus: Float64Array.from(part.stimulus) }] : [],
  );
  const { weightDecay, labelNoiseVariance, hiddenUnits, batchSize } = rest;
  return {
    hiddenUnits,
    target: fromRows(target),
    input: inputDistribution(target[0].length, gaussians, stimuli),
    learningRate,
    weightDecay,
    labelNoiseVariance,
    batchSize,
  };
}

/** Relative to the largest number of the list. */
function expectClose(what: string, found: ArrayLike<number>, expected: readonly number[], tolerance = 1e-9): void {
  expect(found, what).toHaveLength(expected.length);
  const largest = Math.max(...expected.map(Math.abs));
  // Where symmetry makes it 0 both programs leave rounding.
  const bound = largest < 1e-20 ? 1e-20 : tolerance * largest;
  expected.forEach((value, i) => {
    expect(Math.abs(found[i] - value), `${what}[${i}]: ${found[i]}, expected ${value}`).toBeLessThanOrEqual(bound);
  });
}

describe.each(cases)('$name', (reference) => {
  const { expected } = reference;
  const eta = 0.02;
  const model = modelOf(reference, eta);
  let expansion: Expansion;
  let coefficientsOf: (stimulus: number[]) => ProbeCoefficients;
  beforeAll(() => {
    const min = minimum(model);
    const modes = modeCoordinates(model, min);
    const normal = normalSpace(model, modes);
    expansion = expand(twoLayerJets(model, modes, normal));
    coefficientsOf = probeCoefficients(min, modes, normal, expansion);
  });

  it('has the rotation diffusion, velocity and normal covariance of the independent program', () => {
    const { diffusion, velocity, covariance } = expansion;
    expectClose('K6', symmetricEigen(diffusion.leading).values, expected.rotationDiffusion.leading);
    expectClose('K8', symmetricEigen(diffusion.next).values, expected.rotationDiffusion.next);
    expectClose('S', [trace(covariance.leading)], [expected.normalVariance[0]]);
    expectClose('S2', [trace(covariance.next)], [expected.normalVariance[1]]);
    expectSquares('v', velocity, expected.velocitySquares);
  });

  it('has its probes', () => {
    for (const probe of expected.probes) {
      const { squaredNorm, fluctuation, diffusion, motion } = coefficientsOf(probe.stimulus);
      const both = Object.entries({ squaredNorm, fluctuation, diffusion });
      for (const [name, { leading, next }] of both) {
        const [first, second] = probe[name as 'squaredNorm' | 'fluctuation' | 'diffusion'];
        expectClose(`leading ${name}`, [leading], [first]);
        expectClose(`next ${name}`, [next], [second]);
      }
      expectSquares('motion', motion, probe.motionSquares);
    }
  });

  it('has the leading order of predict', () => {
    const { drift, rotationDiffusionEigenvalues: variances } = predict(model, []);
    const largest = Math.max(...variances);
    drift.diffusion.dense().data.forEach((value, at) => {
      expect(Math.abs(eta ** 3 * expansion.diffusion.leading.data[at] - value)).toBeLessThanOrEqual(1e-9 * largest);
    });
    // Velocities of 0 by symmetry are rounding on both sides, far below diffusion.
    expansion.velocity.leading.forEach((value, plane) => {
      const bound = 1e-9 * Math.max(Math.abs(drift.velocity[plane]), Math.sqrt(largest));
      expect(Math.abs(eta ** 2 * value - drift.velocity[plane])).toBeLessThanOrEqual(bound);
    });
  });
});

/** a.a, a.b, b.b of the two orders of a vector. */
function expectSquares(
  what: string,
  { leading: a, next: b }: { readonly leading: Float64Array; readonly next: Float64Array },
  expected: readonly number[],
): void {
  [dot(a, a), dot(a, b), dot(b, b)].forEach((found, i) => {
    expectClose(`${what}.${what}`, [found], [expected[i]]);
  });
}
