import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { inDirectory } from '../../test/support/directory.js';
import { npyBytes } from '../../test/support/npy.js';
import { systemPackages } from '../../test/support/system-packages.js';

import { analyse, syntheticRecording } from './index.js';

const program = fileURLToPath(new URL('../../test/support/programs/analysis.py', import.meta.url));

interface Independent {
  readonly displacement: readonly number[];
  readonly cosine: readonly number[];
  readonly similarity: readonly number[];
  readonly gaps: readonly number[];
  readonly law: readonly [number, number, number];
  readonly turning: {
    readonly strengths: readonly number[];
    readonly turns: readonly (readonly number[])[];
    readonly rates: readonly number[];
  };
}

const hasNumpy = systemPackages.every(({ name, file }) => name !== 'python3-numpy' || existsSync(file));

it.skipIf(!hasNumpy).each([
  ['unequal gaps', { times: [0, 1, 2.5, 4, 8, 9] }],
  ['missing neurons', { times: [0, 1, 2, 3, 5, 6], missing: 0.25, neurons: 100 }],
])('T, c, S, D, F, |v|² and turning equal those of a plain numpy program to 1e-10: %s', async (_, change) => {
  const recording = syntheticRecording({
    ...{ neurons: 30, stimuli: 6, trials: 9, seed: 5, strength: 1, noise: 1 },
    ...{ diffusion: 0.05, fluctuation: 0.1, directedSpeed: 0.1 },
    ...change,
  });
  const { sessions, trials, stimuli, neurons, values, times } = recording;
  await inDirectory({}, (directory) => {
    const file = join(directory, 'x.npy');
    writeFileSync(file, npyBytes('<f8', [sessions, trials, stimuli, neurons], values));
    const output = execFileSync('/usr/bin/python3', ['-W', 'ignore', program, file, times.join()], {
      encoding: 'utf8',
    });
    const numpy = JSON.parse(output) as Independent;
    const { animals, population } = analyse([recording], { normalise: 'none', zeroIsMissing: false });
    const equal = (own: number | null, other: number): void => {
      expect(Math.abs((own ?? NaN) - other)).toBeLessThan(1e-10 * Math.max(1, Math.abs(other)));
    };
    const [{ pairs, gaps }] = animals;
    expect(pairs).toHaveLength(15);
    pairs.forEach((pair, p) => {
      equal(pair.displacement, numpy.displacement[p]);
      equal(pair.selfCorrelation, numpy.cosine[p]);
      equal(pair.similarity, numpy.similarity[p]);
    });
    expect(gaps).toHaveLength(numpy.gaps.length);
    gaps.forEach(({ similarity }, g) => {
      equal(similarity.value, numpy.gaps[g]);
    });
    equal(population.diffusion.value, numpy.law[0]);
    equal(population.fluctuation.value, numpy.law[1]);
    equal(population.quadratic.value, numpy.law[2]);
    const { dimensions, planes } = animals[0].turning;
    dimensions.forEach(({ strength }, k) => {
      equal(strength, numpy.turning.strengths[k]);
    });
    // All five dimensions, in order of their strengths: ten planes.
    expect(planes).toHaveLength(10);
    planes.forEach(({ turns, rate }, p) => {
      turns.forEach((turn, j) => {
        equal(turn, numpy.turning.turns[p][j]);
      });
      equal(rate.value, numpy.turning.rates[p]);
    });
    return Promise.resolve();
  });
});
