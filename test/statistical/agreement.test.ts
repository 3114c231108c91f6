// The third rung of truth: theory = simulation as the learning rate goes to 0, with errors small enough to see 3%.
import { beforeAll, describe, expect, it } from 'vitest';
import { extrapolateToZeroRate } from '#compare';
import type { Estimate } from '#core';
import type { RunReport } from '#experiment';
import { temporaryFile } from '../support/directory.js';
import { meanderJson } from '../support/meander.js';
import { experimentOf, referenceCases, type ReferenceCase } from '../support/reference-cases.js';

const rates = [0.01, 0.005, 0.0025];

const cases = referenceCases.filter(({ name }) =>
  ['open-anisotropic-autoencoder', 'open-frequency-0.3', 'open-general-task', 'open-dictionary'].includes(name),
);

function runRates(reference: ReferenceCase, seed: number, targetError: number, learningRates: number[]) {
  const simulation = { replicas: 64, seed, targetError };
  const sweep = { 'model.learningRate': learningRates };
  return meanderJson<RunReport>([
    'run',
    temporaryFile('case.json', experimentOf(reference, rates[0], { simulation, sweep })),
  ]);
}

/** The limit at learning rate 0 of ratios at the three rates. */
function limitOf(ratios: readonly Estimate[]): Estimate {
  const fit = extrapolateToZeroRate(ratios.map((ratio, i) => ({ learningRate: rates[i], ratio })));
  if (!fit) throw new Error('a limit needs three rates, and standard errors above 0');
  return fit.limit;
}

const finished = new Map<string, Promise<RunReport>>();

/** The runs of a case over the three rates, made once. */
function runCase(name: string): Promise<RunReport> {
  const reference = cases.find((candidate) => candidate.name === name);
  if (!reference) throw new Error(`there is no case ${name}`);
  const report = finished.get(name) ?? runRates(reference, 7, 0.0075, rates);
  finished.set(name, report);
  return report;
}

describe.each(cases)('$name', (reference) => {
  let report: RunReport;
  beforeAll(async () => {
    report = await runCase(reference.name);
  });

  it('D: simulation / theory goes to 1 within 2% and 3 standard errors', () => {
    const { extrapolation } = report;
    expect(extrapolation).toHaveLength(1);
    expect(extrapolation[0].probes).toHaveLength(reference.expected.probes.length);
    for (const { diffusion } of extrapolation[0].probes) {
      const { value, se } = diffusion?.limit ?? { value: NaN, se: NaN };
      expect(se).toBeLessThan(0.015);
      expect(Math.abs(value - 1)).toBeLessThan(Math.min(3 * se, 0.02));
    }
  });

  it('D on average over the directions of rotation: simulation / theory goes to 1 within 2% and 3 standard errors', () => {
    const limits = report.points[0].rotationDiffusion.map((_, k) =>
      limitOf(
        report.points.map(({ rotationDiffusion }) => {
          const { theory, simulation } = rotationDiffusion[k];
          return { value: simulation.value / theory, se: simulation.se / theory };
        }),
      ),
    );
    // The directions are uncorrelated, so that their mean is a sharper statistic than the D of any probe: it sees 3% off.
    const mean = limits.reduce((sum, { value }) => sum + value, 0) / limits.length;
    const se = Math.hypot(...limits.map((limit) => limit.se)) / limits.length;
    expect(se).toBeLessThan(0.007);
    expect(Math.abs(mean - 1)).toBeLessThan(Math.min(3 * se, 0.02));
  });

  it('F: simulation / theory goes to 1 within 2% and 4 standard errors', () => {
    for (const { fluctuation } of report.extrapolation[0].probes) {
      const { value, se } = fluctuation?.limit ?? { value: NaN, se: NaN };
      expect(Math.abs(value - 1)).toBeLessThan(Math.min(4 * se, 0.02));
    }
  });

  it('|h|^2: simulation / theory goes to 1 within 1% and 4 standard errors', () => {
    for (const { squaredNorm } of report.extrapolation[0].probes) {
      const { value, se } = squaredNorm?.limit ?? { value: NaN, se: NaN };
      expect(Math.abs(value - 1)).toBeLessThan(Math.min(4 * se, 0.01));
    }
  });

  it('what fluctuation adds to the losses goes to its prediction within 4 standard errors', () => {
    const noise = (reference.target.length * reference.labelNoiseVariance) / 2;
    for (const quantity of ['loss', 'regularizedLoss'] as const) {
      const { value, se } = limitOf(
        report.points.map((point) => {
          const decay = quantity === 'loss' ? point.singularValues.reduce((sum, s) => sum + s, 0) : 0;
          const lowest = point.regularizedLossWithoutLabelNoise + noise - reference.weightDecay * decay;
          const { theory, simulation } = point[quantity];
          const scale = theory - lowest;
          return { value: (simulation.value - lowest) / scale, se: simulation.se / scale };
        }),
      );
      expect(se).toBeLessThan(0.03);
      expect(Math.abs(value - 1)).toBeLessThan(4 * se);
    }
  });
});

describe('directed velocity', () => {
  const expectToReachPrediction = (report: RunReport, leastSignificance: number) => {
    for (const { directedSpeed } of report.extrapolation[0].probes) {
      const { value, se } = directedSpeed?.limit ?? { value: NaN, se: NaN };
      expect(Math.abs(value - 1)).toBeLessThan(3 * se);
      expect(value / se).toBeGreaterThan(leastSignificance);
    }
  };

  it('of the dictionary goes to its prediction, far from 0', async () => {
    expectToReachPrediction(await runCase('open-dictionary'), 10);
  });

  it('of the general task goes to its prediction', async () => {
    // It stands out against diffusion as the square root of the rate: weak here, so larger rates and a longer run.
    const [reference] = cases.filter(({ name }) => name === 'open-general-task');
    expectToReachPrediction(await runRates(reference, 3, 0.005, [0.02, 0.01, 0.005]), 7);
  });
});

describe('the frequency claim', () => {
  it('D(x1)/|h1|^2 falls with f and lies below every other probe for f > 0', async () => {
    const { points } = await meanderJson<RunReport>(['run', 'examples/frequency.yaml']);
    expect(points.map(({ parameters }) => parameters['model.input.1.weight'])).toEqual([0, 0.1, 0.2, 0.3]);
    const rateOf = (point: RunReport['points'][number], k: number) => {
      const { squaredNorm, diffusion, simulation } = point.probes[k];
      return {
        theory: diffusion / squaredNorm,
        value: simulation.diffusion.value / squaredNorm,
        se: simulation.diffusion.se / squaredNorm,
      };
    };
    const expectBelow = (lower: ReturnType<typeof rateOf>, upper: ReturnType<typeof rateOf>) => {
      expect(lower.theory).toBeLessThan(upper.theory);
      expect((upper.value - lower.value) / Math.hypot(upper.se, lower.se)).toBeGreaterThan(3);
    };
    points.forEach((point, i) => {
      if (i === 0) return;
      expectBelow(rateOf(point, 0), rateOf(points[i - 1], 0));
      for (let k = 1; k < point.probes.length; k++) expectBelow(rateOf(point, 0), rateOf(point, k));
    });
  });
});
