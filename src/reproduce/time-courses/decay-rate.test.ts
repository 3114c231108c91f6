import { expect, it } from 'vitest';
import { identity } from '#linalg';
import { gaussianPart, inputDistribution, type Model } from '#model';
import { generator, NormalSource } from '#random';
import { predict, predictNextOrder } from '#theory';
import type { PointEvidence } from '../claim.js';
import { decayRateCheck } from './decay-rate.js';
import { laggedProducts } from './lagged-products.js';

const normal = new NormalSource(generator(7, 0, 'normal'), generator(7, 0, 'retry'));
const INTERVAL = 16000;
const TIMES = 1000;
const steps = Array.from({ length: TIMES }, (_, t) => t * INTERVAL);
const times = (those: number[]) => ({ steps: those, evenlySpaced: true, interval: INTERVAL });

/** Two units that turn by `factor` times the rotation diffusion that the next order predicts, and fluctuate as it predicts. */
function turning(learningRate: number, factor: number): PointEvidence {
  const model: Model = {
    hiddenUnits: 4,
    target: identity(2),
    input: inputDistribution(2, [gaussianPart(1, identity(2))], []),
    learningRate,
    weightDecay: 0.4,
    labelNoiseVariance: 0,
    batchSize: 1,
  };
  const stimuli = [Float64Array.of(1, 0)];
  const prediction = predict(model, stimuli);
  const best = predictNextOrder(model, stimuli);
  const [{ squaredNorm, fluctuation }] = best.probes;
  const [variance] = best.drift.diffusion.planeVariances();
  const replicas = Array.from({ length: 128 }, () => {
    let angle = 0;
    return Float64Array.from(
      steps.flatMap(() => {
        angle += Math.sqrt(factor * variance * INTERVAL) * normal.next();
        const noise = (): number => Math.sqrt(fluctuation / 2) * normal.next();
        return [Math.sqrt(squaredNorm) * Math.cos(angle) + noise(), Math.sqrt(squaredNorm) * Math.sin(angle) + noise()];
      }),
    );
  });
  const prepared = { prediction, next: null, best };
  const decay = laggedProducts(prepared, { ...times(steps), probes: 1, units: 2, replicas });
  return { prepared, decay, report: { parameters: { learningRate } } } as never;
}

const check = (factor: number) => decayRateCheck([0.03, 0.02, 0.015].map((rate) => turning(rate, factor)));

it('the rate of decay of the self-correlation agrees with what turns as predicted, and not with what turns 8% faster', () => {
  const right = check(1);
  expect(right.passed).toBe(true);
  expect(right.error).toBeGreaterThan(0.004);
  const wrong = check(1.08);
  expect(wrong).toMatchObject({ passed: false });
  expect(wrong.error).toBeLessThan(0.05 / 3);
  expect(wrong.measured).toBeGreaterThan(1.03);
});

it('nothing is told by a short trajectory', () => {
  const { prepared } = turning(0.03, 1);
  const trajectories = { ...times(steps.slice(0, 10)), probes: 1, units: 2, replicas: [new Float64Array(20)] };
  expect(laggedProducts(prepared, trajectories)).toBeNull();
});
