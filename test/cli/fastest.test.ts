// The last line of `theory` and `run`: which stimulus drifts fastest.
import { describe, expect, it } from 'vitest';
import { inDirectory } from '../support/directory.js';
import { meanderOutput, root } from '../support/meander.js';

/** Variances that fall: the angular rate does too, and D is the larger the longer the stimulus. */
const falling = (probes: string, more = ''): string => `
model:
  hiddenUnits: 6
  input: [{ kind: gaussian, covariance: [2, 1, 0.7, 0.5, 0.4, 0.33] }]
  learningRate: 0.01
  weightDecay: 0.1
  labelNoiseVariance: 0.1
probes: ${probes}
${more}
`;

const lastLine = async (args: string[], text: string): Promise<string> => {
  const output = await inDirectory({ 'power.yaml': text }, (directory) => meanderOutput(args, directory));
  expect(output.endsWith('\n')).toBe(true);
  return output.trimEnd().split('\n').at(-1) ?? '';
};

describe('the last line of meander theory', () => {
  it('names the fastest probe by D/|h|^2, with its half-life, and that of largest D', async () => {
    const probes = '[[1, 0, 0, 0, 0, 0], [0, 3, 0, 0, 0, 0], [0, 0, 0, 0, 0, 2]]';
    const line = await lastLine(['theory', 'power.yaml'], falling(probes));
    expect(line).toMatch(
      /^fastest: probe \d \([^)]*\), D\/\|h\|\^2 [\d.e-]+ rad\^2 per step, half-life [\d.e+]+ steps; by D: probe \d \(/,
    );
    expect(line).toContain('by D: probe 2 (0, 3, 0, …)');
    expect(line).toMatch(/^fastest: probe 1 \(axis 1\)/);
  });

  it('names the probe of shortest half-life too, where directed drift makes it another', async () => {
    const output = await meanderOutput(['theory', 'examples/dictionary.yaml'], root);
    expect(output.trimEnd().split('\n').at(-1)).toMatch(
      /^fastest: probe 5 .*, half-life 2\.?\d+\S* steps; by D: the same; by half-life: probe 6 \(-0\.3, -0\.8, 0\.6, …\), \S+ steps$/,
    );
  });

  it('lists probes that are as fast, and says where none drifts', async () => {
    const twins = '[[1, 0, 0, 0, 0, 0], [2, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]]';
    const line = await lastLine(['theory', 'power.yaml'], falling(twins));
    expect(line).toMatch(
      /^fastest: probe 1 \(axis 1\), .*; not told apart from probe 2; by D: probe 2 \(2, 0, 0, …\)$/,
    );
    const still = falling('[[1, 0, 0, 0, 0, 0], [2, 0, 0, 0, 0, 0]]').replace('hiddenUnits: 6', 'hiddenUnits: 1');
    expect(await lastLine(['theory', 'power.yaml'], still)).toBe('fastest: none, no probe drifts');
  });

  it('says for D, too, from which probes the largest is not told apart', async () => {
    const twins = '[[1, 0, 0, 0, 0, 0], [2, 0, 0, 0, 0, 0], [-2, 0, 0, 0, 0, 0]]';
    const line = await lastLine(['theory', 'power.yaml'], falling(twins));
    expect(line).toMatch(
      /; not told apart from probe 2, 3; by D: probe 2 \(2, 0, 0, …\), not told apart from probe 3$/,
    );
  });

  it('compares nothing where there is a single probe', async () => {
    expect(await lastLine(['theory', 'power.yaml'], falling('[[1, 0, 0, 0, 0, 0]]'))).not.toContain('fastest');
  });
});

describe('the last line of meander run', () => {
  const simulation = 'simulation: { replicas: 4, lag: 100, burnIn: 100, duration: 4000 }';

  it('names the fastest probe as measured, with errors and those it is not told apart from', async () => {
    const text = falling('[[1, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0]]', simulation);
    expect(await lastLine(['run', 'power.yaml'], text)).toMatch(
      /^fastest: probe \d \(axis \d\), D\/\|h\|\^2 \(.* ± .*\)e-\d+ rad\^2 per step, half-life \(.* ± .*\)e\d+ steps; not told apart from probe \d.*; by D: .*, not told apart from probe \d.*$/,
    );
  });

  it('and the line of self-correlations leave out what is not represented', async () => {
    const text = falling('axes', simulation).replace('weightDecay: 0.1', 'weightDecay: 0.6');
    await inDirectory({ 'power.yaml': text }, async (directory) => {
      const output = await meanderOutput(['run', 'power.yaml'], directory);
      const [, lowest] = /self-correlation of the representations ([\d.]+) to/.exec(output) ?? [];
      expect(Number(lowest)).toBeGreaterThan(0.5);
      expect(output.split('\n').filter((line) => /^│ +│ +D\/\|h\|\^2 │ +– │ +– │ +– │$/.test(line))).toHaveLength(3);
    });
  });

  it('is that of the smallest learning rate where extrapolations follow the points', async () => {
    const text = falling(
      '[[1, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0]]',
      `${simulation}\nsweep: { model.learningRate: [0.02, 0.01, 0.005] }`,
    );
    expect(await lastLine(['run', 'power.yaml'], text)).toMatch(/^fastest at learning rate 0\.005: probe \d/);
  });
});
