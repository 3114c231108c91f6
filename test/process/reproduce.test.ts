// `meander reproduce` writes the same bytes for the same seed, and goes on after an interruption.
import type { ReproductionReport } from '#reproduce';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inDirectory } from '../support/directory.js';
import { begin, meander, meanderOutput } from '../support/meander.js';
import { recordsIn, statusOf } from '../support/sweeps.js';
import { until } from '../support/until.js';

const args = ['reproduce', '--claims', '2,3a', '--out', 'out'];
const readReport = async (directory: string): Promise<string> => readFile(join(directory, 'out/report.json'), 'utf8');

describe('meander reproduce', () => {
  it('writes the same report for the same seed, with any number of workers, and after it was killed', async () => {
    const uninterrupted = await inDirectory({}, async (directory) => {
      expect(await meanderOutput([...args, '--workers', '2'], directory)).toContain(
        'every claim passes; out/report.html has the figures',
      );
      const figures = await readdir(join(directory, 'out/figures'));
      expect(figures.sort()).toEqual([
        '2-fluctuation-and-diffusion.pdf',
        '2-fluctuation-and-diffusion.png',
        '2-fluctuation-and-diffusion.svg',
        '3a-learning-rate.pdf',
        '3a-learning-rate.png',
        '3a-learning-rate.svg',
      ]);
      expect(await readdir(join(directory, 'out'))).not.toContain('unfinished');
      const page = await readFile(join(directory, 'out/report.html'), 'utf8');
      // Self-contained: nothing is fetched.
      expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|<script|<link|@import|url\(/);
      expect(page.match(/<svg /g)?.length).toBeGreaterThanOrEqual(4);
      const verdicts = await readFile(join(directory, 'out/tables/verdicts.csv'), 'utf8');
      const report = JSON.parse(await readReport(directory)) as ReproductionReport;
      const checks = [...report.claims.flatMap(({ checks: own }) => own), ...report.together];
      expect(report.together.map(({ quantity }) => quantity)).toEqual([
        'F of 3 limits together: simulation / theory, η → 0',
        'D of 3 limits together: simulation / theory, η → 0',
        'mean z² of 6 limits',
      ]);
      expect(verdicts.trim().split('\n')).toHaveLength(1 + checks.length);
      const again = await meander(args, directory);
      expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('out: is not empty') as string });
      return readReport(directory);
    });
    await inDirectory({}, async (directory) => {
      const run = begin([...args, '--workers', '1'], directory);
      const unfinished = join(directory, 'out/unfinished');
      await until(async () => (await recordsIn(unfinished)).length >= 20);
      run.kill('SIGKILL');
      expect((await run.ended).signal).toBe('SIGKILL');
      const other = await meander([...args, '--seed', '2'], directory);
      expect(other).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('contains an unfinished reproduction with other settings') as string,
      });
      const { tasks } = await statusOf(unfinished);
      expect(tasks.finished).toBeGreaterThanOrEqual(20);
      expect(tasks.finished).toBeLessThan(tasks.total);
      await meanderOutput(args, directory);
      expect(await readReport(directory)).toBe(uninterrupted);
      expect(await readdir(join(directory, 'out'))).not.toContain('unfinished');
    });
  });

  it.each([
    [['--claims', '3z'], 'there is no claim 3z, expected some of 1,2,3a'],
    [['--claims', ''], 'there is no claim (nothing)'],
    [['--seed', '-1'], '--seed -1: expected a whole number'],
    [['--quick', '--full'], '--quick and --full exclude each other'],
    [['--workers', '0'], '--workers 0: expected a whole number'],
  ])('rejects %j and makes nothing', async (wrong, message) => {
    await inDirectory({}, async (directory) => {
      const { code, stderr } = await meander(['reproduce', ...wrong], directory);
      expect(stderr).toContain(message);
      expect(code).toBe(2);
      expect(await readdir(directory)).toEqual([]);
    });
  });

  it('rejects a file as its directory before anything is computed', async () => {
    await inDirectory({ out: 'mine' }, async (directory) => {
      const { code, stderr } = await meander(['reproduce', '--out', 'out'], directory);
      expect(stderr).toContain('out: is a file, or lies in one, expected the name of a new directory');
      expect(stderr).not.toContain('claims');
      expect(code).toBe(2);
      expect(await readFile(join(directory, 'out'), 'utf8')).toBe('mine');
    });
  });

  it('ends with 130 on Ctrl-C, keeps what is finished, and rejects it once it is damaged', async () => {
    await inDirectory({}, async (directory) => {
      const run = begin(args, directory);
      const unfinished = join(directory, 'out/unfinished');
      await until(async () => (await recordsIn(unfinished)).length >= 2);
      run.kill('SIGINT');
      const { code, stderr } = await run.ended;
      expect(code, stderr).toBe(130);
      expect(stderr).toContain(
        'interrupted; out/unfinished keeps the finished work, and the same command continues it',
      );
      const [first] = await recordsIn(unfinished);
      await writeFile(first, (await readFile(first)).subarray(0, 1000));
      const again = await meander(args, directory);
      expect(again.stderr).toMatch(/\.record: is cut short: 1000 of \d+ bytes/);
      expect(again.code).toBe(2);
      expect((await readdir(join(directory, 'out'))).sort()).toEqual(['unfinished']);
    });
  });
});
