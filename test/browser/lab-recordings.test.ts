// Recordings of the user, analysed in the page.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { npyBytes, parseNpy } from '#core';
import { inDirectory } from '../support/directory.js';
import { alertTexts, describeLab, dropPaths, focusedText } from '../support/lab.js';
import { meander } from '../support/meander.js';
import { walkFile, walkTimes } from '../support/recordings.js';
import { expectAccessible } from './accessibility.js';

const AXES = 'session,trial,stimulus,neuron';

/** Drops a file on the page. */
const drop = (page: Page, name: string, bytes: Uint8Array): Promise<void> =>
  page.evaluate(`(() => {
    const dataTransfer = new DataTransfer();
    const bytes = Uint8Array.from(atob('${Buffer.from(bytes).toString('base64')}'), (letter) => letter.charCodeAt(0));
    dataTransfer.items.add(new File([bytes], '${name}'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  })()`);

/** Files of a download of the page, by path. */
async function downloadedFiles(page: Page): Promise<ReadonlyMap<string, Buffer>> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download all files (ZIP)' }).click(),
  ]);
  const files = unzipSync(readFileSync(await download.path()));
  return new Map(Object.entries(files).map(([path, bytes]) => [path, Buffer.from(bytes)]));
}

/** The files of a directory and below, by path. */
const filesBelow = (directory: string): Map<string, Buffer> =>
  new Map(
    readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(directory, name)).isFile())
      .map((name) => [name, readFileSync(join(directory, name))]),
  );

/** What a page cannot know: the commit that it was built from. */
const withoutCommit = (text: string): string => text.replaceAll(/ \(commit [^)]*\)|, commit [\w-]+/g, '');

const analyseButton = (page: Page) => page.getByRole('button', { name: 'Analyse', exact: true });
const done = (page: Page): Promise<void> => page.getByText('The analysis is done.').waitFor();

describeLab('a recording in the lab', (lab) => {
  it('is analysed where it is dropped, with figures and all files of the command line, bit for bit, also after a change of gain', () =>
    inDirectory({ 'mouse.npy': walkFile(1) }, async (directory) => {
      const { page, complaints, close } = await lab.open('', { paused: true });
      const requested: string[] = [];
      page.on('request', (request) => requested.push(request.url()));
      await drop(page, 'mouse.npy', walkFile(1));
      await page.getByText('mouse.npy: 6 x 6 x 4 x 40').waitFor();
      expect(await focusedText(page)).toBe('Recording');
      // Never guessed.
      expect(await page.getByLabel('Axes of 6 x 6 x 4 x 40').inputValue()).toBe('');
      await page.getByLabel('Axes of 6 x 6 x 4 x 40').fill(AXES);
      await page.getByLabel('Times of the sessions').fill(walkTimes);
      await page.getByLabel('Unit of the times').fill('day');
      for (const normalise of ['none', 'gain']) {
        // The first is asked for; a change of what is normalised is followed at once.
        if (normalise === 'none') await analyseButton(page).click();
        else await page.getByLabel('Normalise').selectOption(normalise);
        await page
          .getByText(normalise === 'none' ? 'not normalised' : 'normalised by gain', { exact: false })
          .first()
          .waitFor();
        await done(page);
        const options = ['--axes', AXES, '--times', walkTimes, '--unit', 'day', '--normalise', normalise];
        const { code } = await meander(['analyse', 'mouse.npy', ...options, '--out', normalise], directory);
        expect(code).toBe(0);
        const files = await downloadedFiles(page);
        const written = filesBelow(join(directory, normalise));
        expect([...files.keys()].sort()).toEqual([...written.keys()].sort());
        for (const path of ['report.html', 'figures/codes.png', 'figures/codes.pdf', 'tables/gaps.parquet']) {
          expect(files.has(path), path).toBe(true);
        }
        for (const [path, bytes] of files) {
          if (path === 'checksums.sha256') continue;
          const expected = written.get(path);
          if (['methods.txt', 'report.html'].includes(path)) {
            expect(bytes.toString(), path).toBe(withoutCommit(expected?.toString() ?? ''));
          } else expect(expected && bytes.equals(expected), path).toBe(true);
        }
        // An archive is an analysis to the command line, too, which replaces no directory that was changed.
        for (const [path, bytes] of files) writeFileSync(join(directory, normalise, path), bytes);
        const again = await meander(['analyse', 'mouse.npy', ...options, '--out', normalise], directory);
        expect([again.code, again.stderr.includes('nothing is overwritten')]).toEqual([0, false]);
      }
      const images = page.locator('.recording figure img');
      expect(await images.count()).toBe(6);
      const widths = await page.evaluate<number[]>(
        `Array.from(document.querySelectorAll('.recording figure img'), (image) => image.naturalWidth)`,
      );
      expect(widths.every((width) => width > 300)).toBe(true);
      expect(await page.getByRole('region', { name: 'Motion of mouse' }).textContent()).toContain('activity² per day');
      expect(await page.getByRole('region', { name: 'Controls' }).textContent()).toContain('passed');
      expect(requested.filter((url) => url.includes('hdf5'))).toEqual([]);
      await expectAccessible(page);
      await page.setViewportSize({ width: 360, height: 800 });
      expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      await page.getByRole('button', { name: 'Close' }).click();
      expect(await focusedText(page)).toBe('Analyse a recording');
      expect(complaints).toEqual([]);
      await close();
    }));

  it('is refused with the message of its reader where axes do not fit, and can be corrected', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    await page.getByRole('tab', { name: 'Recordings' }).click();
    await page.getByRole('button', { name: 'Analyse a recording' }).click();
    await page
      .getByLabel('Files of recordings')
      .setInputFiles({ name: 'mouse.npy', mimeType: 'application/octet-stream', buffer: Buffer.from(walkFile(2)) });
    const axes = page.getByLabel('Axes of 6 x 6 x 4 x 40');
    for (const [text, message] of [
      ['', 'which axis is which is never guessed: expected Axes with a name for each'],
      ['session,stimulus,neuron', 'the array has 4 axes (6 x 6 x 4 x 40), but 3 are named'],
      ['day,trial,stimulus,neurone', 'did you mean neuron?'],
    ] as const) {
      await axes.fill(text);
      await analyseButton(page).click();
      await expect.poll(() => alertTexts(page)).toEqual([expect.stringContaining(message)]);
    }
    await axes.fill(AXES);
    await analyseButton(page).click();
    await done(page);
    expect(await alertTexts(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('of a directory is that of an animal, with a session in each file in the order of their numbers', () =>
    inDirectory({}, async (directory) => {
      const { values, shape } = parseNpy(walkFile(4));
      const [sessions, ...rest] = shape;
      const size = values.length / sessions;
      await mkdir(join(directory, 'mouse'));
      for (let k = 0; k < sessions; k++) {
        const session = Float64Array.from({ length: size }, (_, i) => values[k * size + i]);
        await writeFile(join(directory, `mouse/day${k + 7}.npy`), npyBytes('<f8', rest, session));
      }
      const { page, complaints, close } = await lab.open('', { paused: true });
      await dropPaths(page, join(directory, 'mouse'));
      await page.getByText('mouse/day7.npy: 6 x 4 x 40').waitFor();
      const names = await page.locator('.recording li').allTextContents();
      expect(names.map((name) => /day\d+/.exec(name)?.[0])).toEqual([
        'day7',
        'day8',
        'day9',
        'day10',
        'day11',
        'day12',
      ]);
      expect(complaints).toEqual([]);
      await close();
    }));

  it('of several arrays asks which one it is, and loads the HDF5 library only for files of HDF5', () =>
    inDirectory({}, async (directory) => {
      const { ready, File: HdfFile } = await import('h5wasm/node');
      await ready;
      const path = join(directory, 'mouse.h5');
      const file = new HdfFile(path, 'w');
      const { values, shape } = parseNpy(walkFile(3));
      file.create_dataset({ name: 'responses', data: values, shape: [...shape] });
      file.create_dataset({ name: 'days', data: Float64Array.from(walkTimes.split(','), Number) });
      file.close();
      const { page, complaints, close } = await lab.open('', { paused: true });
      await drop(page, 'mouse.h5', readFileSync(path));
      await page.getByText('responses (6 x 6 x 4 x 40)').waitFor();
      await page.getByLabel('Array', { exact: true }).fill('/responses');
      await page.getByLabel('Axes', { exact: true }).fill(AXES);
      await page.getByLabel('Times of the sessions').fill('days');
      await analyseButton(page).click();
      await done(page);
      const options = ['--axes', AXES, '--key', '/responses', '--times', 'days'];
      const { stdout } = await meander(['analyse', 'mouse.h5', ...options, '--json'], directory);
      const files = await downloadedFiles(page);
      expect(JSON.parse(files.get('report.json')?.toString() ?? '')).toEqual(JSON.parse(stdout));
      expect(complaints).toEqual([]);
      await close();
    }));

  it('of many numbers is analysed while the page answers, and can be cancelled and begun again', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    const shape = [12, 10, 60, 400];
    const values = Float32Array.from({ length: 12 * 10 * 60 * 400 }, (_, k) => Math.sin(12.9898 * k) + (k % 400) / 400);
    await inDirectory({ 'large.npy': npyBytes('<f4', shape, values) }, async (directory) => {
      await page.getByRole('tab', { name: 'Recordings' }).click();
      await page.getByRole('button', { name: 'Analyse a recording' }).click();
      await page.getByLabel('Files of recordings').setInputFiles(join(directory, 'large.npy'));
      await page.getByLabel('Axes of 12 x 10 x 60 x 400').fill(AXES);
      await analyseButton(page).click();
      await page
        .locator('.recording [role=status]')
        .filter({ hasText: /^large: / })
        .waitFor();
      // Frames of the page while the worker is busy, ms.
      const longest = await page.evaluate<number>(`new Promise((resolve) => {
        let [last, longest, frames] = [performance.now(), 0, 0];
        const frame = () => {
          const now = performance.now();
          longest = Math.max(longest, now - last);
          last = now;
          if (++frames < 30) requestAnimationFrame(frame);
          else resolve(longest);
        };
        requestAnimationFrame(frame);
      })`);
      expect(longest).toBeLessThan(400);
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByText('Cancelled.').waitFor();
      expect(await page.getByRole('progressbar').count()).toBe(0);
      await analyseButton(page).click();
      await page
        .locator('.recording [role=status]')
        .filter({ hasText: /^large: / })
        .waitFor();
      await page.getByRole('button', { name: 'Close' }).click();
    });
    expect(complaints).toEqual([]);
    await close();
  });
});
