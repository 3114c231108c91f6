// Run directories that the server has.
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { RunReport } from '../../src/experiment/index.js';
import { readParquet, Table, writeParquet, type Row } from '../../src/store/index.node.js';
import { meander, meanderJson } from '../support/meander.js';
import { inDirectory } from '../support/directory.js';
import { describeLab, focusedText, pauseLab, waitForSamples } from '../support/lab.js';
import { expectAccessible } from './accessibility.js';
import { clipboardOf, rowsOf } from './downloads.js';
import { openRuns } from './runs.js';

const experiment = `model: { hiddenUnits: 3, input: [{ kind: gaussian, covariance: [1, 0.9] }], learningRate: 0.02, weightDecay: 0.1 }
simulation: { replicas: 4, burnIn: 100, lag: 50, duration: 1000 }
`;
const swept = `${experiment}sweep: { model.learningRate: [0.03, 0.01] }\n`;

describeLab('a run in the lab', (lab) => {
  it('shows its table and figures and opens its points with their random streams; a damaged one shows an error', async () => {
    await inDirectory({ 'two.yaml': experiment, 'swept.yaml': swept }, async (directory) => {
      expect((await meander(['run', 'two.yaml', '--out', 'good'], directory)).code).toBe(0);
      expect((await meander(['sweep', 'swept.yaml', '--out', 'some/swept'], directory)).code).toBe(0);
      await mkdir(join(directory, 'damaged'));
      await writeFile(join(directory, 'damaged/report.json'), '{"points": [{}]}');
      await mkdir(join(directory, 'broken'));
      await writeFile(join(directory, 'broken/manifest.json'), '{"format": 3}');
      const { page, complaints, listed, run, close } = await openRuns(lab.browser, directory);
      await listed('damaged').click();
      await page.getByText('damaged/report.json: points[0] has no parameters').waitFor();
      await listed('broken').click();
      await page.getByText('manifest.json: is damaged: id').waitFor();
      await listed('good').click();
      await expect.poll(() => run.locator('tbody tr').count()).toBe(2);
      await run.getByText('experiment: 1 point, hiddenUnits 3, learningRate 0.02').waitFor();
      // Opening a run moves the focus to its heading, and closing it back into the list.
      await expect.poll(() => focusedText(page)).toBe('Run: good');
      await run.getByRole('button', { name: 'Close' }).click();
      expect(await run.count()).toBe(0);
      await expect.poll(() => focusedText(page)).toBe('good');
      await listed('good').click();
      await run.getByRole('button', { name: 'Open point 1 in the lab' }).click();
      await page.getByText('experiment: 2 learned modes').waitFor();
      expect(await page.locator('input[name=learningRate]').inputValue()).toBe('0.02');
      await listed('some/swept').click();
      await expect.poll(() => run.locator('tbody tr').count()).toBe(4);
      await expect.poll(() => run.locator('img').count()).toBe(4);
      await expectAccessible(page);
      await run.getByRole('button', { name: 'Open point 2 in the lab' }).click();
      await page.getByText('Point 2 of the 2 points of the sweep.').waitFor();
      expect(await page.locator('input[name=learningRate]').inputValue()).toBe('0.01');

      // The point has the random streams that it has in the sweep, so the numbers are equal.
      await page.getByRole('button', { name: 'Start' }).click();
      await waitForSamples(page, 30);
      await pauseLab(page);
      const [row] = await rowsOf(page);
      await page.getByRole('button', { name: 'Copy as experiment file' }).click();
      await page.getByText('Copied the experiment file').waitFor();
      await writeFile(join(directory, 'point.yaml'), await clipboardOf(page));
      const { points } = await meanderJson<RunReport>(['run', join(directory, 'point.yaml')]);
      expect(points[0].parameters.learningRate).toBe(0.01);
      const { value } = points[0].probes[0].simulation.fluctuation;
      expect(Math.abs(row.fluctuationSimulation / value - 1)).toBeLessThan(1e-12);
      // The two damaged runs were rejected by the server.
      expect(complaints.filter((complaint) => !complaint.includes('422'))).toEqual([]);
      await close();
    });
  });

  it('marks a missing number, and is rejected for a cell that is not a number', async () => {
    await inDirectory({ 'swept.yaml': swept }, async (directory) => {
      expect((await meander(['sweep', 'swept.yaml', '--out', 'whole'], directory)).code).toBe(0);
      const rows = await readParquet(join(directory, 'whole/results.parquet'), 1000);
      const withCell = async (name: string, cell: Row[string]): Promise<void> => {
        await cp(join(directory, 'whole'), join(directory, name), { recursive: true });
        const table = new Table();
        for (const [k, row] of rows.entries()) table.add(k === 1 ? { ...row, diffusionSimulation: cell } : row);
        await writeParquet(join(directory, name, 'results.parquet'), table, new Set(['point', 'probe']));
        await rm(join(directory, name, 'results.parquet.sha256'));
      };
      await withCell('gap', null);
      await withCell('text', 'many');
      const { page, complaints, listed, run, close } = await openRuns(lab.browser, directory);
      await listed('gap').click();
      const cells = run.locator('tbody tr').nth(1).locator('td');
      await expect.poll(() => cells.filter({ hasText: /^–$/ }).count()).toBe(1);
      expect(await run.locator('img').count()).toBe(4);
      await listed('text').click();
      await page.getByText('row 1 of the table, diffusionSimulation: found "').waitFor();
      expect(await run.count()).toBe(0);
      await listed('whole').click();
      await expect.poll(() => run.locator('tbody tr').count()).toBe(4);
      expect(complaints).toEqual([]);
      await close();
    });
  });

  it('opens with the data that its experiment names; missing data can be dropped or put there', async () => {
    const table = '1,2\n3,-1\n-2,1\n';
    const named = `model: { hiddenUnits: 3, input: [{ kind: dataset, file: far/rows.csv }], learningRate: 0.02, weightDecay: 0.1 }
simulation: { replicas: 4, burnIn: 100, lag: 50, duration: 1000 }
`;
    await inDirectory({ 'named.yaml': named }, async (directory) => {
      await mkdir(join(directory, 'far'));
      await writeFile(join(directory, 'far/rows.csv'), table);
      expect((await meander(['run', 'named.yaml', '--out', 'run'], directory)).code).toBe(0);
      await writeFile(join(directory, 'run/large.npy'), Buffer.alloc(40 * 2 ** 20));
      const { page, complaints, listed, run, close } = await openRuns(lab.browser, directory);
      await listed('run').click();
      await run.getByRole('button', { name: 'Open point 1 in the lab' }).click();
      const alert = page.getByRole('alert');
      await expect
        .poll(() => alert.textContent())
        .toContain(
          'run: experiment.yaml names data that is not in this directory: far/rows.csv; put it there, or drop it onto the page together with experiment.yaml',
        );
      await page.evaluate(
        ([experimentText, rows]) => {
          const page = globalThis as unknown as {
            DataTransfer: new () => { items: { add: (file: File) => void } };
            DragEvent: new (name: string, options: object) => object;
            document: { body: { dispatchEvent: (event: object) => void } };
          };
          const dataTransfer = new page.DataTransfer();
          dataTransfer.items.add(new File([experimentText], 'experiment.yaml'));
          dataTransfer.items.add(new File([rows], 'rows.csv'));
          page.document.body.dispatchEvent(
            new page.DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }),
          );
        },
        [await readFile(join(directory, 'run/experiment.yaml'), 'utf8'), table],
      );
      await page.getByText('experiment: 2 learned modes').waitFor();
      expect(await alert.count()).toBe(0);

      await page.getByLabel('Input', { exact: true }).selectOption('isotropic');
      await page.getByText('isotropic: ').waitFor();
      await writeFile(join(directory, 'run/rows.csv'), table);
      await run.getByRole('button', { name: 'Open point 1 in the lab' }).click();
      await page.getByText('experiment: 2 learned modes').waitFor();
      expect(await alert.count()).toBe(0);
      expect(complaints).toEqual([]);
      await close();
    });
  });
});
