import { describe, expect, it } from 'vitest';
import { chosenColumns, filtered, sorted } from './query.js';

describe('filtered', () => {
  const rows = [{ burnIn: 'auto' }, { burnIn: '300' }, { burnIn: null }];

  it('compares as text where a column holds texts', () => {
    expect(filtered(rows, ['burnIn=300'])).toEqual([rows[1]]);
    expect(filtered(rows, ['burnIn!=300'])).toEqual([rows[0]]);
  });

  it('suggests the column that a mistyped name is nearest to', () => {
    expect(() => filtered(rows, ['burnin=1'])).toThrow('--where: there is no column burnin, did you mean burnIn?');
  });

  it('compares numbers as numbers, however they are written, with every operator', () => {
    const texts = [{ lag: 'auto' }, { lag: '9' }, { lag: '300' }, { lag: '1e3' }];
    const left = (condition: string) => filtered(texts, [condition]).map(({ lag }) => lag);
    expect(left('lag<=300.0')).toEqual(['9', '300']);
    expect(left('lag=1000')).toEqual(['1e3']);
    expect(left('lag == 9')).toEqual(['9']);
    const numbers = [2, 5, 10].map((probe) => ({ probe }));
    const probes = (condition: string) => filtered(numbers, [condition]).map(({ probe }) => probe);
    expect(['probe<=5', 'probe<5', 'probe>=5', 'probe>5', 'probe=5', 'probe!=5'].map(probes)).toEqual([
      [2, 5],
      [2],
      [5, 10],
      [10],
      [5],
      [2, 10],
    ]);
  });

  it('refuses a text where the column holds numbers', () => {
    expect(() => filtered([{ probe: 1 }], ['probe<=five'])).toThrow(
      '--where probe<=five: probe holds numbers, expected a number in place of five',
    );
  });
});

describe('sorted', () => {
  it('puts numbers in their order, texts after them and empty cells last', () => {
    const rows = ['auto', '300', null, '9'].map((lag) => ({ lag }));
    expect(sorted(rows, 'lag').map(({ lag }) => lag)).toEqual(['9', '300', 'auto', null]);
    expect(sorted(rows, '-lag').map(({ lag }) => lag)).toEqual(['300', '9', 'auto', null]);
  });
});

describe('aliases of quantities', () => {
  const rows = [1, 3, 2].map((value) => ({
    diffusionTheory: 0,
    diffusionSimulation: value,
    diffusionRatio: 0,
    relativeDiffusionSimulation: value,
  }));

  it('stand for the simulation in conditions and orders', () => {
    expect(filtered(rows, ['D>=2'])).toHaveLength(2);
    expect(filtered(rows, ['D/h2>2'])).toHaveLength(1);
    expect(sorted(rows, '-D').map((row) => row.diffusionSimulation)).toEqual([3, 2, 1]);
    expect(sorted(rows, 'diffusion').map((row) => row.diffusionSimulation)).toEqual([1, 2, 3]);
  });

  it('stand for theory, simulation and ratio among columns', () => {
    expect(chosenColumns(rows[0], 'D, relativeDiffusionSimulation')).toEqual([
      'diffusionTheory',
      'diffusionSimulation',
      'diffusionRatio',
      'relativeDiffusionSimulation',
    ]);
    expect(() => chosenColumns(rows[0], 'constructor')).toThrow('--columns: there is no column constructor');
    expect(() => sorted(rows, '__proto__')).toThrow('--sort: there is no column __proto__');
    expect(() => filtered(rows, ['constructor=1'])).toThrow('--where: there is no column constructor');
  });
});
