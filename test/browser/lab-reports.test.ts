// Reports that are not read beside an experiment: of a reproduction, and of a long run.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ReproductionReport } from '../../src/reproduce/index.js';
import { inDirectory } from '../support/directory.js';
import { describeLab } from '../support/lab.js';
import { expectAccessible } from './accessibility.js';
import { openRuns } from './runs.js';

describeLab('a report in the lab', (lab) => {
  it('of a reproduction shows its claims with their verdicts, and each figure once', async () => {
    const check = { quantity: 'D', predicted: 1, measured: 1, error: 0.1, z: 0, rule: '|z| ≤ 4', passed: true };
    const claim = { statement: '', source: '', preset: 'p.yaml', replicas: 8, steps: 100 };
    const report: ReproductionReport = {
      mode: 'quick',
      seed: 3,
      version: '0.1.0',
      commit: null,
      rule: '',
      passed: false,
      together: [],
      claims: [
        { ...claim, id: '1', title: 'Stable loss', passed: true, checks: [check, check], figures: [] },
        {
          ...claim,
          id: '3a',
          title: 'Drift over learning rate',
          passed: false,
          checks: [check, { ...check, passed: false }, check],
          figures: [{ name: '3a-rates', title: 'F and D over the learning rate', caption: '' }],
        },
      ],
    };
    await inDirectory({ 'report.json': JSON.stringify(report) }, async (directory) => {
      await mkdir(join(directory, 'figures'));
      const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><path d="M0 0H9"/></svg>';
      for (const file of ['3a-rates.svg', '3a-rates.png']) await writeFile(join(directory, 'figures', file), svg);
      const { page, complaints, listed, run, close } = await openRuns(lab.browser, directory);
      await listed('this directory').click();
      await run.getByText('meander reproduce (quick, seed 3, Meander 0.1.0): 1 of 2 claims pass').waitFor();
      expect(await run.locator('tbody tr').allInnerTexts()).toEqual([
        '1 Stable loss\tpasses\t2 of 2',
        '3a Drift over learning rate\tFAILS\t2 of 3',
      ]);
      const picture = run.getByRole('img', { name: 'F and D over the learning rate' });
      await expect
        .poll(() => picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth))
        .toBe(20);
      expect(await run.locator('img').count()).toBe(1);
      await expectAccessible(page);
      expect(complaints).toEqual([]);
      await close();
    });
  });

  it('of a long run shows its first 500 rows, in a table that scrolls on its own', async () => {
    const measured = { value: 1, se: 0.1 };
    const probe = { fluctuation: 1, diffusion: 1, simulation: { fluctuation: measured, diffusion: measured } };
    const points = Array.from({ length: 400 }, (_, k) => ({
      parameters: { learningRate: 1 / (k + 1), weightDecay: 0.1 },
      probes: [probe, probe],
    }));
    await inDirectory({ 'report.json': JSON.stringify({ name: 'long', points }) }, async (directory) => {
      const { page, complaints, listed, run, close } = await openRuns(lab.browser, directory, 390);
      await listed('this directory').click();
      await run.getByText('The first 500 of 800 rows; probes.csv has all of them.').waitFor();
      expect(await run.locator('tbody tr').count()).toBe(500);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      const table = run.getByRole('region', { name: 'Table of this directory' });
      await table.focus();
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => table.evaluate(({ scrollLeft }) => scrollLeft as number)).toBeGreaterThan(0);
      expect(complaints).toEqual([]);
      await close();
    });
  });
});
