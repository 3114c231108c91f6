import { describe, expect, it } from 'vitest';
import { inDirectory } from '../support/directory.js';
import { meander, meanderOutput } from '../support/meander.js';
import { sweepFile } from '../support/sweeps.js';

/** Three learning rates at two weight decays. */
const threeRates = sweepFile({ points: 1 }).replace(
  /sweep:[^]*/,
  'sweep: { model.weightDecay: [0.1, 0.2], model.learningRate: [0.01, 0.02, 0.03] }\n',
);

/** What stands from the first extrapolation on. `run` ends with the fastest probe, which is no limit. */
const limitsIn = (text: string): string =>
  text.slice(text.indexOf('simulation / theory extrapolated')).replace(/^fastest at learning rate .*\n/m, '');

const inSweep = (body: (directory: string) => Promise<void>, text = threeRates): Promise<void> =>
  inDirectory({ 'sweep.yaml': text }, async (directory) => {
    await meanderOutput(['sweep', 'sweep.yaml', '--out', 'run'], directory);
    await body(directory);
  });

describe('meander show of a swept learning rate', () => {
  it('ends with the limits eta -> 0 of meander run, letter by letter, also where rows are sorted', async () => {
    await inSweep(async (directory) => {
      const expected = limitsIn(await meanderOutput(['run', 'sweep.yaml'], directory));
      expect(expected.match(/extrapolated to learning rate 0 from 0.01, 0.02, 0.03/g)).toHaveLength(2);
      expect(expected.match(/in eta\^2: simulation \/ next order of the theory/g)).toHaveLength(2);
      for (const args of [[], ['--sort', '-D']]) {
        expect(limitsIn(await meanderOutput(['show', 'run', ...args], directory))).toBe(expected);
      }
    });
  });

  it('extrapolates a run of meander run --out, and names a list that is swept as run does', async () => {
    const text = sweepFile({ points: 1 }).replace(
      /sweep:[^]*/,
      'sweep: { model.input.0.covariance: [[1, 0.8, 0.5], [2, 1, 1]], model.learningRate: [0.01, 0.02, 0.03] }\n',
    );
    await inDirectory({ 'sweep.yaml': text }, async (directory) => {
      const printed = await meanderOutput(['run', 'sweep.yaml', '--out', 'run'], directory);
      expect(limitsIn(printed)).toContain('model.input.0.covariance [2,1,1]');
      expect(limitsIn(await meanderOutput(['show', 'run'], directory))).toBe(limitsIn(printed));
      const leading = await meanderOutput(['run', 'sweep.yaml', '--order', 'leading', '--out', 'leading'], directory);
      expect(limitsIn(leading)).toContain('in eta: a straight line through the ratios');
      expect(limitsIn(await meanderOutput(['show', 'leading'], directory))).toBe(limitsIn(leading));
    });
  });

  it('keeps the numbers of the probes, and leaves out rates and probes that --where leaves out', async () => {
    await inSweep(async (directory) => {
      const whole = limitsIn(await meanderOutput(['show', 'run'], directory));
      const second = limitsIn(await meanderOutput(['show', 'run', '--where', 'probe=2', 'weightDecay=0.2'], directory));
      const rows = whole.split('simulation / theory')[2].split('\n');
      const [from, to] = ['│ 2 ', '│ 3 '].map((start) => rows.findIndex((line) => line.startsWith(start)));
      expect(to - from).toBeGreaterThan(4);
      for (const line of rows.slice(from, to)) expect(second).toContain(line.replaceAll(/[ ─┼├┤]+$/g, ''));
      expect(second.match(/\n│ \d /g)).toEqual(['\n│ 2 ']);
      const two = await meanderOutput(['show', 'run', '--where', 'learningRate>0.01'], directory);
      expect(two).not.toContain('extrapolated');
    });
  });

  it('prints no more tables of limits than --limit leaves room for, and says how to see the rest', async () => {
    await inSweep(async (directory) => {
      const { stdout } = await meander(['show', 'run', '--limit', '3'], directory);
      expect(stdout.match(/extrapolated/g)).toHaveLength(1);
      expect(stdout).toContain('and 1 more tables of the limit eta -> 0; --limit 6 shows them\n');
    });
  });
});
