import { describe, expect, it } from 'vitest';
import { gaussianPart, inputDistribution, type OjaModel } from '#model';
import { diagonal } from '#linalg';
import { pooledChecks, pooledRatios } from '../pooled.js';
import { closedFormCheck, comparedRates, powerCheck, publishedCheck, simulationChecks } from './checks.js';
import { ojaRate } from './closed-forms.js';
import type { RateAt } from './measured.js';
import { settingOf, withOutputs, type Setting } from './setting.js';

const base: Setting = { inputs: 5, relevant: 3, irrelevantVariance: 0.3, weightDecay: 0, tau: 1 };
const settings = [0.1, 0.3, 0.5].map((irrelevantVariance) => ({ ...base, irrelevantVariance }));
const input = inputDistribution(4, [gaussianPart(1, diagonal([0.3, 1, 1, 0.3]))], []);
const model: OjaModel = { rule: 'oja', outputs: 2, input, learningRate: 0.01 };

/** Simulations that are off by factors: of what they are, and of what the theory says. */
function ratesOff(simulated: (setting: Setting) => number, predicted = 1): RateAt[] {
  return settings.map((setting) => {
    const theory = predicted * ojaRate.exact(setting);
    const value = simulated(setting) * ojaRate.exact(setting);
    const se = 0.03 * ojaRate.exact(setting);
    const limit = { value: value / theory, se: se / theory };
    const statisticalError = Math.sqrt(limit.se ** 2 - 0.005 ** 2);
    const slope = { value: 5, se: 1 };
    const fitted = {
      method: 'straightLine',
      slope,
      chiSquare: 0,
      statisticalError,
      curvature: 0.005,
      weights: [],
    } as const;
    const diffusion = { ...fitted, limit };
    const probe = { squaredNorm: null, fluctuation: null, diffusion, relativeDiffusion: null, halfLife: null };
    const probes = [{ ...probe, directedSpeed: null }];
    return { setting, group: { parameters: {}, learningRates: [], probes }, points: [], theory, limit: { value, se } };
  });
}

/** What fails of the checks of each setting, and of the mean of all; without points no scatter of z^2 is known. */
function failed(rates: readonly RateAt[]): string[] {
  const { compared = [], nameOfMean = () => '' } = comparedRates(rates);
  const [mean] = pooledChecks(pooledRatios({ points: [], extrapolations: [], map: null }, compared), nameOfMean);
  return [...simulationChecks(rates, ojaRate, ({ irrelevantVariance }) => `l = ${irrelevantVariance}`), mean]
    .filter(({ passed }) => !passed)
    .map(({ quantity }) => quantity);
}

describe('checks of decay rates', () => {
  it('read the setting of a model from its input', () => {
    expect(settingOf(model)).toEqual({ ...base, inputs: 4, relevant: 2 });
  });

  it('pass for a simulation that is what theory and closed form say, within its errors', () => {
    expect(failed(ratesOff(() => 1.02))).toEqual([]);
  });

  it('notice a theory whose D is 10% too large, and a simulation of D that is', () => {
    const together = ['D of 3 settings together: simulation / theory, η → 0'];
    expect(failed(ratesOff(() => 1, 1.1))).toEqual(together);
    expect(failed(ratesOff(() => 1.1))).toEqual(together);
  });

  it('notice a closed form without its factor', () => {
    const without = ratesOff(({ irrelevantVariance: l }) => 1 - l);
    expect(failed(without)).toContain('decay rate, l = 0.5: simulation, η → 0 / closed form');
  });

  it('notice an exponent that is off by one half', () => {
    const law = {
      of: 'l',
      x: ({ irrelevantVariance }: Setting) => irrelevantVariance,
      exponent: 2,
      includes: () => true,
    };
    expect(
      powerCheck(
        ratesOff(() => 1),
        ojaRate,
        law,
      ),
    ).toMatchObject({ passed: true });
    const off = ratesOff(({ irrelevantVariance }) => irrelevantVariance ** 0.5);
    expect(powerCheck(off, ojaRate, law)).toMatchObject({ passed: false });
  });

  it('hold closed forms to rounding, and published rates to their limit', () => {
    expect(closedFormCheck(model, ojaRate, withOutputs, settings).passed).toBe(true);
    const without = { ...ojaRate, exact: ojaRate.published };
    expect(closedFormCheck(model, without, withOutputs, settings).passed).toBe(false);
    const small = { setting: { ...base, irrelevantVariance: 1e-3 }, error: 1e-3, limit: 'l → 0' };
    expect(publishedCheck(model, ojaRate, withOutputs, small).passed).toBe(true);
    const doubled = { ...ojaRate, published: (setting: Setting) => 1.01 * ojaRate.published(setting) };
    expect(publishedCheck(model, doubled, withOutputs, small).passed).toBe(false);
  });
});
