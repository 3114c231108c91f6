// Run directories of the user, on a page whose server has none.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { inDirectory } from '../support/directory.js';
import { alertTexts, describeLab, dropPaths } from '../support/lab.js';
import { meander } from '../support/meander.js';
import { expectAccessible } from './accessibility.js';

const experiment = `model: { hiddenUnits: 3, input: [{ kind: gaussian, covariance: [1, 0.9] }], learningRate: 0.02, weightDecay: 0.1 }
simulation: { replicas: 4, burnIn: 100, lag: 50, duration: 1000 }
`;
const swept = `${experiment}sweep: { model.learningRate: [0.01, 0.02, 0.03], model.weightDecay: [0.1, 0.2, 0.3] }\n`;

const drop = (page: Page, name: string, bytes: Uint8Array): Promise<void> =>
  page.evaluate(
    ([name, text]) => {
      const page = globalThis as unknown as {
        DataTransfer: new () => { items: { add: (file: File) => void } };
        DragEvent: new (name: string, options: object) => object;
        document: { body: { dispatchEvent: (event: object) => void } };
      };
      const dataTransfer = new page.DataTransfer();
      dataTransfer.items.add(new File([Uint8Array.from(text, (character) => character.charCodeAt(0))], name));
      page.document.body.dispatchEvent(new page.DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    },
    [name, Buffer.from(bytes).toString('latin1')] as const,
  );

describeLab('runs of the user in the lab', (lab) => {
  it('are listed from a directory, each with all its points, any of which can be opened, and from what is dropped', async () => {
    await inDirectory({ 'one.yaml': experiment, 'swept.yaml': swept }, async (directory) => {
      expect((await meander(['run', 'one.yaml', '--out', 'results/one'], directory)).code).toBe(0);
      expect((await meander(['sweep', 'swept.yaml', '--out', 'results/swept'], directory)).code).toBe(0);
      const { page, complaints, close } = await lab.open('', { paused: true });
      const run = page.locator('main .run');
      await page.getByRole('tab', { name: 'Runs' }).click();
      await page.getByText('Open runs').click();
      await page.locator('#run-directory').setInputFiles(join(directory, 'results'));
      await run.getByText('experiment: 1 point').waitFor();
      await page.getByRole('button', { name: 'results/swept', exact: true }).click();
      await run.getByText('experiment: 9 of 9 points finished').waitFor();
      // Two probes at each of nine points.
      expect(await run.locator('tbody tr').count()).toBe(18);
      expect(await run.locator('thead th').allTextContents()).toEqual(
        expect.arrayContaining(['learningRate', 'weightDecay', 'D theory', 'D simulation']),
      );
      await expectAccessible(page);
      await run.getByRole('button', { name: 'Open point 8 in the lab' }).click();
      await page.getByText('Point 8 of the 9 points of the sweep.').waitFor();
      expect(await page.locator('input[name=weightDecay]').inputValue()).toBe('0.2');
      expect(await page.getByLabel('Point', { exact: true }).inputValue()).toBe('7');

      const files = await readdir(join(directory, 'results/swept'), { recursive: true, withFileTypes: true });
      const entries = files
        .filter((entry) => entry.isFile())
        .map(async ({ parentPath, name }): Promise<[string, Uint8Array]> => {
          const path = join(parentPath, name);
          return [path.slice(join(directory, 'results/swept/').length), await readFile(path)];
        });
      await drop(page, 'sent.zip', zipSync(Object.fromEntries(await Promise.all(entries))));
      await page.getByRole('button', { name: 'sent', exact: true }).waitFor();
      await run.getByText('experiment: 9 of 9 points finished').waitFor();
      await dropPaths(page, join(directory, 'results/one'));
      await page.getByRole('button', { name: 'one', exact: true }).waitFor();
      await run.getByText('experiment: 1 point').waitFor();
      expect(complaints).toEqual([]);
      await close();
    });
  });

  it('are rejected with what was found and what was expected', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    await page.getByRole('tab', { name: 'Runs' }).click();
    await page.getByText('Open runs').click();
    const archive = page.locator('#run-archive');
    const choose = (name: string, files: Record<string, string>): Promise<void> => {
      const contents = Object.entries(files).map(([path, text]): [string, Uint8Array] => [path, Buffer.from(text)]);
      const buffer = Buffer.from(zipSync(Object.fromEntries(contents)));
      return archive.setInputFiles({ name, mimeType: 'application/zip', buffer });
    };
    await choose('notes.zip', { 'a/notes.csv': '1' });
    await expect.poll(() => alertTexts(page)).toEqual([expect.stringContaining('notes.zip: has no run, expected')]);
    await choose('bad.zip', { 'bad/manifest.json': '{"name": 3}' });
    await expect
      .poll(() => alertTexts(page))
      .toEqual([expect.stringContaining('bad/manifest.json: is not the manifest')]);
    await choose('cut.zip', { 'cut/manifest.json': '{' });
    await expect.poll(() => alertTexts(page)).toEqual([expect.stringContaining('cut/manifest.json: not valid JSON')]);
    const manifest = JSON.stringify({ name: 'm', file: 'm.yaml', points: 2 });
    await choose('odd.zip', { 'odd/manifest.json': manifest, 'odd/results.parquet': 'PAR1' });
    await expect.poll(() => alertTexts(page)).toEqual([expect.stringContaining('results.parquet: is damaged')]);
    await archive.setInputFiles({ name: 'no.zip', mimeType: 'application/zip', buffer: Buffer.from('no') });
    await expect.poll(() => alertTexts(page)).toEqual([expect.stringContaining('no.zip: is not a ZIP archive')]);
    await choose('new.zip', { 'new/manifest.json': manifest });
    await page.getByText('m: 0 of 2 points finished; it has no table of results').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });
});
