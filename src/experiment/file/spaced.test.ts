import { describe, expect, it } from 'vitest';
import { readExperiment } from './read.js';
import { linspace, logspace } from './spaced.js';

describe('logspace', () => {
  it('has decimal powers exactly', () => {
    expect(logspace(0.001, 1, 4)).toEqual([0.001, 0.01, 0.1, 1]);
    expect(logspace(1e-6, 1e6, 13)).toEqual([1e-6, 1e-5, 1e-4, 0.001, 0.01, 0.1, 1, 10, 100, 1e3, 1e4, 1e5, 1e6]);
  });

  it('has whole numbers where the ratio allows them, so that hidden units can be swept', () => {
    expect(logspace(4, 64, 5)).toEqual([4, 8, 16, 32, 64]);
  });

  it('keeps the ends exactly and descends where the last value is below the first', () => {
    const values = logspace(1 / 3, 0.1 / 7, 9);
    expect([values[0], values[8]]).toEqual([1 / 3, 0.1 / 7]);
    expect(values).toEqual([...values].sort((a, b) => b - a));
    values.slice(1).forEach((value, k) => {
      expect(value / values[k]).toBeCloseTo((0.3 / 7) ** (1 / 8), 10);
    });
  });
});

describe('linspace', () => {
  it('has decimal values without rounding errors', () => {
    expect(linspace(0.1, 0.7, 7)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
    expect(linspace(1, -1, 5)).toEqual([1, 0.5, 0, -0.5, -1]);
  });
});

describe('spaced values in a sweep', () => {
  const text = (sweep: string): string =>
    `model: { hiddenUnits: 4, input: [{ kind: gaussian, covariance: [1, 0.8] }], learningRate: 0.01, weightDecay: 0.1 }
sweep: ${sweep}`;
  const swept = async (sweep: string): Promise<unknown> =>
    (await readExperiment(text(sweep))).points.map(({ assignments }) => assignments);

  it('are the same points as their list', async () => {
    expect(await swept('{ model.learningRate: { logspace: [0.001, 0.1, 3] } }')).toEqual(
      await swept('{ model.learningRate: [0.001, 0.01, 0.1] }'),
    );
    expect(await swept('{ model.labelNoiseVariance: { linspace: [0, 0.2, 3] } }')).toEqual(
      await swept('{ model.labelNoiseVariance: [0, 0.1, 0.2] }'),
    );
  });

  it.each([
    ['{ logspace: [0, 1, 3] }', 'sweep.model.learningRate.logspace[0]: found 0, expected a number above 0'],
    [
      '{ logspace: [1, 2] }',
      'logspace: found a list of 2, expected a list of three numbers: the first value, the last, and how many',
    ],
    ['{ logspace: 5 }', 'logspace: found 5, expected a list of three numbers: the first value, the last, and how many'],
    ['{ linspace: [0, 1, 1] }', 'linspace[2]: found 1, expected a whole number from 2 to 10000'],
    ['{ linspace: [0, 1, 2], logspace: [1, 2, 2] }', 'found a map with the keys linspace, logspace, expected a list'],
    [
      '{ logspaced: [1, 2, 3] }',
      'sweep.model.learningRate: found a map with the key logspaced, expected a list of values, {logspace: [FIRST',
    ],
    ['{ linspace: [0.01, 0, 3] }', 'sweep.model.learningRate[2]: found 0, expected a number above 0'],
    [
      '{ values: { logspace: [0.001, 0.1, 3] }, label: rate }',
      'values: found a map with the key logspace, expected a list of values; logspace and linspace have no values around them: ' +
        '{logspace: [FIRST, LAST, COUNT], label: TEXT}',
    ],
    ['0.1', 'found 0.1, expected a list of values, {logspace: [FIRST, LAST, COUNT]} or {linspace'],
  ])('are refused at their place: %s', async (values, message) => {
    await expect(swept(`{ model.learningRate: ${values} }`)).rejects.toThrow(message);
  });
});

describe('spectra of a gaussian component', () => {
  const text = (covariance: string, more = ''): string =>
    `model: { hiddenUnits: 4, input: [{ kind: gaussian, covariance: ${covariance} }], learningRate: 0.01, weightDecay: 0.01 }
${more}`;
  const inputs = async (covariance: string, more?: string) =>
    (await readExperiment(text(covariance, more))).points.map(({ model }) => model.input);

  it.each([
    ['{ powerLaw: { dimensions: 4, exponent: 1, scale: 2 } }', '[2, 1, 0.666666666667, 0.5]'],
    ['{ powerLaw: { dimensions: 3, exponent: 0.5 } }', '[1, 0.707106781187, 0.577350269190]'],
    ['{ logspace: [1, 0.01, 3] }', '[1, 0.1, 0.01]'],
    ['{ linspace: [1, 0.5, 3] }', '[1, 0.75, 0.5]'],
  ])('%s is %s', async (short, listed) => {
    expect(await inputs(short)).toEqual(await inputs(listed));
  });

  it('have numbers that can be swept', async () => {
    expect(
      await inputs(
        '{ powerLaw: { dimensions: 3, exponent: 1 } }',
        'sweep: { model.input.0.covariance.powerLaw.exponent: [1, 2] }',
      ),
    ).toEqual([...(await inputs('[1, 0.5, 0.333333333333]')), ...(await inputs('[1, 0.25, 0.111111111111]'))]);
  });

  it.each([
    [
      '{ powerLaw: { dimension: 3, exponent: 1 } }',
      'covariance.powerLaw.dimension: unknown key, did you mean dimensions?',
    ],
    ['{ powerLaw: { dimensions: 3 } }', 'covariance.powerLaw.exponent: is missing, expected a number of at least 0'],
    ['{ powerLaw: { dimensions: 0, exponent: 1 } }', 'dimensions: found 0, expected a whole number from 1 to 10000'],
    ['{ powerLaw: 1 }', 'covariance.powerLaw: found 1, expected {dimensions: 20, exponent: 1, scale: 1}'],
    ['{ powrLaw: 1 }', 'covariance: found a map with the key powrLaw, expected a list of variances, a matrix'],
    [
      '{ logspace: [1, 0.1, 3], file: a.npy }',
      'covariance: found a map with the keys logspace, file, expected a list of variances, a matrix as a list of rows, {file',
    ],
    ['{ powerLaw: { dimensions: 5000, exponent: 1 } }', 'found 5000 dimensions, expected at most 4096'],
  ])('are refused as %s', async (covariance, message) => {
    await expect(readExperiment(text(covariance))).rejects.toThrow(message);
  });
});
