// The names of downloads, what saved figures say of themselves, and the command that is copied.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { parseHTML } from 'linkedom';
import { expect, it } from 'vitest';
import type { Download, Page } from 'playwright-core';
import { inDirectory } from '../support/directory.js';
import { describeLab, pauseLab, waitForSamples } from '../support/lab.js';
import { arraysOf, clipboardOf, rowsOf, textIn } from './downloads.js';

async function downloaded(page: Page, button: string): Promise<Download> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return download;
}

describeLab('downloads of the lab', (lab) => {
  it('are named after experiment and seed, and figures say what they show, of what, and where it is from', async () => {
    const { page, complaints, close } = await lab.open('#preset=power-law&seed=3', { paused: true });
    const title = 'Drift and fluctuation of each probe';
    const svg = await downloaded(page, `${title}: download as SVG`);
    expect(svg.suggestedFilename()).toBe('power-law-seed3-probes.svg');
    const { document } = parseHTML(readFileSync(await svg.path(), 'utf8')) as {
      document: { querySelector(selector: string): { textContent: string } | null };
    };
    const textOf = (selector: string): string => document.querySelector(selector)?.textContent ?? '';
    expect(textOf('svg > title')).toBe(title);
    const parts = ['Each probe diffuses', '"seed":3', 'learningRate: 0.005', 'Meander 0.', page.url()];
    for (const part of parts) expect(textOf('svg > desc')).toContain(part);
    expect(textOf('svg > metadata')).toContain(page.url());

    const png = await downloaded(page, `${title}: download as PNG`);
    expect(png.suggestedFilename()).toBe('power-law-seed3-probes.png');
    const bytes = readFileSync(await png.path());
    for (const part of [...parts, `iTXtTitle\0\0\0\0\0${title}`]) expect(bytes.includes(part)).toBe(true);
    // It is still a picture.
    expect(
      await page.evaluate<number>(`(async () => {
        const image = new Image();
        image.src = 'data:image/png;base64,${bytes.toString('base64')}';
        await image.decode();
        return image.naturalWidth;
      })()`),
    ).toBeGreaterThan(600);
    expect(complaints).toEqual([]);
    await close();
  });

  it('include a command that runs the digits in an empty directory that is no clone', async () => {
    const { page, complaints, close } = await lab.open('#preset=digits&replicas=4&hiddenUnits=16');
    await waitForSamples(page, 6);
    await pauseLab(page);
    await page.getByRole('button', { name: 'Copy as command line' }).click();
    await page.getByText('Copied the command line').waitFor();
    const command = await clipboardOf(page);
    await inDirectory({}, async (directory) => {
      const { stdout } = await promisify(execFile)('sh', ['-c', command], { cwd: directory });
      expect(stdout).toMatch(/│ 1 digit 0 /);
    });
    expect((await downloaded(page, 'Download CSV')).suggestedFilename()).toBe('digits-seed1.csv');
    expect((await downloaded(page, 'Download NPZ')).suggestedFilename()).toBe('digits-seed1.npz');
    // Both say where they are from, in the form in which they have everything else.
    const rows = await rowsOf(page);
    expect(rows).toHaveLength(10);
    for (const row of rows)
      expect(row).toMatchObject({ software: expect.stringMatching(/^Meander 0\./) as string, link: page.url() });
    const arrays = await arraysOf(page);
    const textOf = (name: string): string => textIn(arrays.get(`about.${name}.npy`));
    expect(textOf('caption')).toMatch(/^Theory and simulation of every probe/);
    expect(textOf('software')).toBe(rows[0].software);
    expect(textOf('link')).toBe(page.url());
    expect(textOf('experiment')).toContain('learningRate: 0.002');
    expect(complaints).toEqual([]);
    await close();
  });
});
