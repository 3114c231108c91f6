import { describe, expect, it } from 'vitest';
import type { Recording } from '#recording';
import { generator, NormalSource } from '#random';
import { analyse, syntheticRecording, type SyntheticOptions } from '../index.js';

const days = (count: number): number[] => Array.from({ length: count }, (_, k) => k);
const clean: SyntheticOptions = {
  ...{ neurons: 60, stimuli: 8, trials: 8, times: days(8), seed: 2 },
  ...{ strength: 1, diffusion: 0.05, fluctuation: 0.1, directedSpeed: 0, noise: 1 },
};

type Make = () => Recording;
const made =
  (change: Partial<SyntheticOptions>, ...edits: readonly ((recording: Recording) => Recording)[]): Make =>
  () =>
    edits.reduce((recording, edit) => edit(recording), syntheticRecording({ ...clean, ...change }));

/** Every value from the index of its session, trial, stimulus and neuron. */
const mapped =
  (value: (own: number, at: number, recording: Recording) => number) =>
  (recording: Recording): Recording => ({
    ...recording,
    values: Float64Array.from(recording.values, (own, at) => value(own, at, recording)),
  });

const withoutNoise = (recording: Recording): Recording => ({ ...recording, noiseFree: true });

/** Each stimulus with half of the next one in it, as after smoothing over stimuli. */
const smoothed = mapped((own, at, { values, stimuli, neurons }) => {
  const isLast = Math.floor(at / neurons) % stimuli === stimuli - 1;
  return isLast ? own : (own + values[at + neurons]) / 2;
});

/** All stimuli of a trial with a response in common, as of arousal. */
const aroused = (recording: Recording): Recording => {
  const { stimuli, neurons } = recording;
  const source = new NormalSource(generator(1, 0, 'normal'), generator(1, 0, 'retry'));
  const common = new Map<number, number>();
  return mapped((own, at) => {
    const trial = Math.floor(at / (stimuli * neurons)) * neurons + (at % neurons);
    if (!common.has(trial)) common.set(trial, 0.2 * source.next());
    return own + (common.get(trial) ?? 0);
  })(recording);
};

/** The first trial of each session stands for the first so many trials. */
const repeated = (count: number) =>
  mapped((own, at, { values, trials, stimuli, neurons }) => {
    const cells = stimuli * neurons;
    const trial = Math.floor(at / cells) % trials;
    return trial < count ? values[at - trial * cells] : own;
  });

/** A tenth of the neurons without activity in the first session: 0, or missing. */
const silenced = (value: number) =>
  mapped((own, at, { trials, stimuli, neurons }) =>
    at < trials * stimuli * neurons && at % neurons < neurons / 10 ? value : own,
  );

/** The first so many neurons with ten times the activity. */
const loud = (count: number) => mapped((own, at, { neurons }) => (at % neurons < count ? 10 * own : own));

/** Single zeros here and there. */
const sparse = mapped((own, at) => (at % 7 === 0 ? 0 : own));

const warnings: Readonly<Record<string, { readonly fires: readonly Make[]; readonly silent: readonly Make[] }>> = {
  oneTrial: { fires: [made({ trials: 1 })], silent: [made({ trials: 2 }), made({ trials: 1 }, withoutNoise)] },
  fewTrials: { fires: [made({ trials: 2 }), made({ trials: 3 })], silent: [made({ trials: 4 }), made({ trials: 1 })] },
  identicalTrials: {
    fires: [made({}, repeated(clean.trials))],
    silent: [made({}, repeated(4)), made({ trials: 1 }), made({ trials: 2 }, withoutNoise, repeated(2))],
  },
  fewSessions: { fires: [made({ times: days(2) }), made({ times: days(3) })], silent: [made({ times: days(4) })] },
  moreStimuliThanNeurons: { fires: [made({ neurons: 7 })], silent: [made({ neurons: 8 })] },
  lostCells: {
    fires: [made({ missing: 0.1 }), made({}, silenced(0)), made({}, silenced(NaN))],
    silent: [made({}, sparse)],
  },
  noiseNearSignal: { fires: [made({ noise: 8 })], silent: [made({ noise: 2 }), made({ noise: 8 }, withoutNoise)] },
  fewNeuronsDominate: { fires: [made({}, loud(2))], silent: [made({}, loud(20)), made({ heterogeneity: 0.8 })] },
  saturation: { fires: [made({ diffusion: 0.4 })], silent: [made({ diffusion: 0.07 })] },
  boundedDrift: {
    fires: [made({ times: days(12), diffusion: 0.4, memory: 2 })],
    silent: [made({ times: days(12) }), made({ times: days(12), directedSpeed: 0.06 })],
  },
  smoothing: { fires: [made({}, smoothed)], silent: [made({}, aroused), made({ stimuli: 5 }, smoothed)] },
  gainStep: {
    fires: [made({ gains: days(8).map((day) => (day < 4 ? 1 : 1.5)) })],
    silent: [made({ gains: days(8).map(() => 1.5) }), made({ jump: { session: 4, size: 0.6 } })],
  },
  twoMaps: { fires: [made({ secondMap: [2, 5, 6] })], silent: [made({ jump: { session: 4, size: 0.6 } })] },
  jump: {
    fires: [made({ jump: { session: 4, size: 0.6 } })],
    silent: [made({ secondMap: [2, 5, 6] }), made({ diffusion: 0.15 })],
  },
  notStationaryRandomWalk: { fires: [made({ jump: { session: 4, size: 0.6 } })], silent: [made({ diffusion: 0.1 })] },
};

const namesOf = (make: Make): string[] =>
  analyse([make()], { normalise: 'none', zeroIsMissing: false }).warnings.map(({ name }) => name);

describe('a warning', () => {
  it('is not given of a clean recording', () => {
    expect(namesOf(made({}))).toEqual([]);
  });

  describe.each(Object.entries(warnings))('%s', (name, { fires, silent }) => {
    it('is given where it has to be', () => {
      for (const make of fires) expect(namesOf(make)).toContain(name);
    });

    it('is not given where its condition is missed or does not apply', () => {
      for (const make of silent) expect(namesOf(make)).not.toContain(name);
    });
  });
});
