import { describe, expect, it } from 'vitest';
import { generator } from '#random';
import { analyse, syntheticRecording, type AnalysisOptions, type SyntheticOptions } from './index.js';

const options: AnalysisOptions = { normalise: 'none', zeroIsMissing: false };
const days = (count: number): number[] => Array.from({ length: count }, (_, k) => k);
const clean: SyntheticOptions = {
  neurons: 100,
  stimuli: 8,
  trials: 12,
  times: days(8),
  seed: 1,
  strength: 1,
  diffusion: 0.05,
  fluctuation: 0.1,
  directedSpeed: 0,
  noise: 1,
};

describe('analyse', () => {
  it('finds D, F, |v| and D/‖h‖² of a synthetic recording within four errors, the errors below a fifth of D and F', () => {
    const { population } = analyse([syntheticRecording({ ...clean, times: days(12), directedSpeed: 0.06 })], options);
    const within = (own: { value: number | null; se: number | null }, truth: number, share: number): void => {
      const { value, se } = own;
      if (value === null || se === null) throw new Error('no value');
      expect(Math.abs(value - truth)).toBeLessThan(4 * se);
      expect(se).toBeLessThan(share * truth);
    };
    within(population.diffusion, 0.05, 0.2);
    within(population.fluctuation, 0.1, 0.1);
    within(population.directedSpeed, 0.06, 0.2);
    within(population.relativeDiffusion, 0.05 / (1 + 0.1 + 0.05 * 5.5 + 0.06 ** 2 * 42.2), 0.3);
  });

  it('names no event in a clean recording, and every control that can be made passes or has no verdict', () => {
    const { warnings, controls } = analyse([syntheticRecording(clean)], options);
    expect(warnings).toEqual([]);
    expect(controls.filter(({ passed }) => passed === false)).toEqual([]);
    expect(controls.filter(({ passed }) => passed === true).map(({ name }) => name)).toEqual([
      'halvesOfSession',
      'shuffledSessions',
      'shuffledNeurons',
      'gain',
      'kurtosis',
      'worstSession',
      'twoEstimators',
      'predictedDecay',
    ]);
  });

  it.each([
    ['jump', { jump: { session: 4, size: 0.4 } }, /between sessions 4 and 5/],
    ['gainStep', { gains: [1, 1, 1, 1, 1.5, 1.5, 1.5, 1.5] }, /between sessions 4 and 5/],
    ['twoMaps', { secondMap: [2, 5, 6] }, /sessions 3, 6, 7/],
  ] satisfies [string, Partial<SyntheticOptions>, RegExp][])('names a %s, and where', (name, change, where) => {
    const { warnings } = analyse([syntheticRecording({ ...clean, ...change })], options);
    expect(warnings.find((warning) => warning.name === name)?.message).toMatch(where);
  });

  it('takes directed drift that the law finds for no event, and no control fails for it', () => {
    const recording = syntheticRecording({ ...clean, times: days(10), directedSpeed: 0.1 });
    const { warnings, controls } = analyse([recording], options);
    expect(warnings.filter(({ name }) => name !== 'saturation')).toEqual([]);
    expect(controls.filter(({ passed }) => passed === false)).toEqual([]);
  });

  it('names drift that is bounded', () => {
    const recording = syntheticRecording({ ...clean, times: days(12), noise: 0.3 });
    const { sessions, trials, stimuli, neurons } = recording;
    const random = generator(1, 0, 'start');
    const normal = (): number => Array.from({ length: 12 }, () => random.uniform() - 0.5).reduce((a, b) => a + b, 0);
    const code = Float64Array.from({ length: stimuli * neurons }, normal);
    const values = new Float64Array(sessions * trials * code.length);
    for (let s = 0; s < sessions; s++) {
      code.forEach((value, c) => (code[c] = 0.6 * value + 0.8 * normal()));
      for (let k = 0; k < trials; k++)
        values.set(
          code.map((value) => value + 0.3 * normal()),
          (s * trials + k) * code.length,
        );
    }
    const { warnings, population } = analyse([{ ...recording, values }], options);
    expect(population.quadratic.value).toBeLessThan(0);
    const names = warnings.map(({ name }) => name);
    expect(names).toContain('boundedDrift');
    expect(names).not.toContain('twoMaps');
  });

  it('takes for missing what is 0 throughout a session where that is declared, and has D and F both ways in any case', () => {
    const recording = syntheticRecording(clean);
    const { trials, stimuli, neurons } = recording;
    const silent = (at: number): boolean =>
      (Math.floor(at / (trials * stimuli * neurons)) + 3 * (at % neurons)) % 5 === 0;
    const withValue = (value: number) => ({
      ...recording,
      values: recording.values.map((own, at) => (silent(at) ? value : own)),
    });
    const missing = analyse([withValue(NaN)], options);
    const declared = analyse([withValue(0)], { ...options, zeroIsMissing: true });
    expect(declared.population).toEqual(missing.population);
    const active = analyse([withValue(0)], options);
    expect(active.population.fluctuation.value).toBeGreaterThan(2 * (missing.population.fluctuation.value ?? NaN));
    const message = (report: typeof active): string | undefined =>
      report.warnings.find(({ name }) => name === 'lostCells')?.message;
    const both = [missing, active].map(({ population }) => `F = ${population.fluctuation.value?.toPrecision(3)}`);
    for (const report of [missing, active]) {
      expect(message(report)).toMatch(new RegExp(`missing D = .*, ${both[0]}, .*silent \\(0\\) D = .*, ${both[1]},`));
    }
    // A single zero is activity.
    const values = recording.values.map((own, at) => (at % 7 === 0 ? 0 : own));
    const sparse = { ...recording, values };
    expect(analyse([sparse], { ...options, zeroIsMissing: true }).population).toEqual(
      analyse([sparse], options).population,
    );
  });

  it('refuses values whose products are no numbers', () => {
    const recording = syntheticRecording(clean);
    for (const factor of [1e80, 1e-80]) {
      const values = recording.values.map((value) => factor * value);
      expect(() => analyse([{ ...recording, values }], options)).toThrow(/between 1e-60 and 1e\+60: take another unit/);
    }
  });

  it('has of several animals the half-life of their mean rate, and both estimators', () => {
    const recordings = [1, 2, 3].map((seed) => syntheticRecording({ ...clean, seed }));
    const { population, agreement, animals } = analyse(recordings, options);
    const rate = population.relativeDiffusion.value ?? NaN;
    expect(population.halfLife.value).toBeCloseTo((2 * Math.LN2) / rate, 9);
    for (const key of ['diffusion', 'fluctuation'] as const) {
      const mean = animals.reduce((sum, animal) => sum + (animal.agreement[key].second.value ?? NaN) / 3, 0);
      expect(agreement?.[key]).toMatchObject({ first: population[key], agrees: true });
      expect(agreement?.[key].second.value).toBeCloseTo(mean, 12);
    }
  });

  it('tells a rotation of the code from independent drift of each stimulus', () => {
    const shareOf = (drift: 'rotation' | 'independent'): number => {
      const { similarityShare } = analyse(
        [syntheticRecording({ ...clean, times: days(10), fluctuation: 0.02, neurons: 150, drift })],
        options,
      );
      return similarityShare.value ?? NaN;
    };
    expect(Math.abs(shareOf('rotation') - 1)).toBeLessThan(0.2);
    expect(Math.abs(shareOf('independent'))).toBeLessThan(0.3);
  });

  it('gives means over three animals with t intervals over animals', () => {
    const recordings = [1, 2, 3].map((seed) => ({ ...syntheticRecording({ ...clean, seed }), name: `animal ${seed}` }));
    const { population, animals } = analyse(recordings, options);
    const own = animals.map((animal) => animal.population.diffusion.value ?? NaN);
    const mean = (own[0] + own[1] + own[2]) / 3;
    const se = Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 6);
    expect(population.diffusion.value).toBeCloseTo(mean, 12);
    expect(population.diffusion.se).toBeCloseTo(se, 12);
    expect(population.diffusion.interval95?.[1]).toBeCloseTo(mean + 4.303 * se, 3);
  });

  it('refuses what cannot be compared', () => {
    const recording = syntheticRecording({ ...clean, neurons: 5, trials: 2 });
    const refused = (changed: Partial<typeof recording>, message: RegExp): void => {
      expect(() => analyse([{ ...recording, ...changed }], options)).toThrow(message);
    };
    refused({ sessions: 1 }, /one session/);
    refused({ neurons: 2 }, /2 neurons/);
    refused({ neurons: 1 }, /1 neuron,/);
    refused({ values: recording.values.map(() => 0) }, /no value other than 0/);
    expect(() => analyse([], options)).toThrow(/no recording/);
    expect(() => analyse([recording, { ...recording, timeUnit: 'hour' }], options)).toThrow(/hour/);
    expect(() => analyse([recording, { ...recording, name: 'copy' }], options)).toThrow(
      /^copy: has the same values as synthetic 1, expected each animal once/,
    );
  });
});
