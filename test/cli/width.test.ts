import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/program.js';
import { temporaryFile } from '../support/directory.js';
import { collectingIo } from '../support/meander.js';
import { experiment } from '../support/small-run.js';
import { inRun } from '../support/sweeps.js';

/** Tables of a command on a terminal of a width. */
async function tableLines(args: readonly string[], columns: number): Promise<string[]> {
  const io = collectingIo();
  const stdout = Object.assign(io.stdout, { isTTY: true, columns });
  expect(await main(args, { ...io, stdout })).toBe(0);
  return io
    .text()
    .stdout.split('\n')
    .filter((line) => /^[│┌├└]/.test(line));
}

describe('a terminal of 80 columns', () => {
  it.each([
    ['theory'],
    ['theory', '--times', '1e6,1e7'],
    ['theory', '--order', 'next'],
    ['run'],
    ['run', '--order', 'next'],
  ])('holds the tables of %s %s %s', async (command, ...options) => {
    const args = [command, temporaryFile('small.yaml', experiment()), ...options];
    const lines = await tableLines(args, 80);
    expect(lines.length).toBeGreaterThan(4);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('holds the tables of show, each with the swept keys', async () => {
    await inRun(async (directory) => {
      const lines = await tableLines(['show', `${directory}/run`], 80);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
      const tables = lines.filter((line) => line.startsWith('┌')).length;
      expect(tables).toBeGreaterThan(1);
      expect(lines.filter((line) => line.includes('probe'))).toHaveLength(tables);
    });
  });
});
