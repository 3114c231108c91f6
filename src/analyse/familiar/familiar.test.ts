import { describe, expect, it } from 'vitest';
import { blocksOf } from '../codes/blocks.js';
import { codesOf } from '../codes/codes.js';
import { gapGroups, pairSums } from '../pairs/pair-sums.js';
import { syntheticRecording, type SyntheticOptions } from '../synthetic/synthetic.js';
import { familiarMeasures } from './familiar.js';

const still: SyntheticOptions = {
  ...{ neurons: 20, stimuli: 5, trials: 6, times: [0, 1, 2, 3], seed: 1 },
  ...{ strength: 1, diffusion: 0, fluctuation: 0, directedSpeed: 0, noise: 2 },
};

function measured(options: SyntheticOptions): ReturnType<typeof familiarMeasures> {
  const codes = codesOf(syntheticRecording(options), false);
  const pairs = pairSums(codes, blocksOf(codes.neurons, 10));
  return familiarMeasures(codes, pairs, gapGroups(pairs.pairs));
}

/** Mean and error, over recordings, of value less ceiling of each measure. */
function excess(recordings: number, options: SyntheticOptions): Map<string, { mean: number; se: number }> {
  const differences = new Map<string, number[]>();
  for (let seed = 1; seed <= recordings; seed++) {
    for (const { name, points } of measured({ ...options, seed })) {
      const known = points.map(({ value, ceiling }) => (value ?? NaN) - (ceiling ?? NaN)).filter(Number.isFinite);
      const own = differences.get(name) ?? [];
      own.push(known.reduce((sum, value) => sum + value, 0) / known.length);
      differences.set(name, own);
    }
  }
  return new Map(
    Array.from(differences, ([name, all]) => {
      const own = all.filter(Number.isFinite);
      const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
      const squares = own.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      return [name, { mean, se: Math.sqrt(squares / own.length / (own.length - 1)) }];
    }),
  );
}

const names = [
  'populationVectorCorrelation',
  'ensembleRateCorrelation',
  'tuningCurveCorrelation',
  'angle',
  'turnover',
  'representationalDriftIndex',
  'codingSubspaceShare',
  'decodingAccuracy',
];

describe('measures in common use', () => {
  it.each([
    ['6 trials', {}],
    ['5 trials, which have no equal halves', { trials: 5 }],
    ['2 trials', { trials: 2 }],
    ['a fifth of the neurons missing', { neurons: 40, missing: 0.2 }],
  ] satisfies [string, Partial<SyntheticOptions>][])(
    'equal their ceilings within three errors over 400 recordings without drift: %s',
    (_, change) => {
      const differences = excess(400, { ...still, ...change });
      expect([...differences.keys()]).toEqual(names);
      for (const [name, { mean, se }] of differences) {
        expect(Math.abs(mean) / se, name).toBeLessThan(3);
        // Small enough to see a ceiling of half of the trials beside a value of all: a tenth of a correlation and 10 degrees.
        expect(se, name).toBeLessThan(name === 'angle' ? 0.5 : 0.01);
      }
    },
  );

  it('leave their ceilings where codes drift: correlations and decoding fall, angle, index and share in the coding subspace rise', () => {
    const differences = excess(40, { ...still, diffusion: 0.6 });
    for (const [name, { mean, se }] of differences) {
      // Every neuron is active for some stimulus.
      if (name === 'turnover') continue;
      const sign = ['angle', 'representationalDriftIndex', 'codingSubspaceShare'].includes(name) ? 1 : -1;
      expect((sign * mean) / se, name).toBeGreaterThan(4);
    }
  });

  it('have values of whole sessions and no ceiling where a recording has one trial', () => {
    for (const { name, points } of measured({ ...still, trials: 1 })) {
      expect(points).toHaveLength(3);
      for (const { value, ceiling } of points) {
        expect(value === null, name).toBe(name === 'representationalDriftIndex');
        expect(ceiling, name).toBeNull();
      }
    }
  });
});
