// The lab, driven as a person would: dist/web as `npm run build` leaves it, served by `meander serve`.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, gzipSync } from 'node:zlib';
import axe from 'axe-core';
import { parseHTML } from 'linkedom';
import { parse as parseNpy } from 'npyjs';
import Papa from 'papaparse';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/experiment/index.js';
import type { ReproductionReport } from '../../src/reproduce/index.js';
import { readParquet, Table, writeParquet, type Row as StoredRow } from '../../src/store/index.node.js';
import { meander, meanderJson, root, temporaryFile } from '../meander.js';
import { inDirectory } from '../support/directory.js';
import { openLab, pauseLab, samplesSeen, serveLab, type ServedLab } from '../support/lab.js';
import { openBrowser } from '../support/site.js';
import { chromiumFile } from '../system-packages.js';

type Row = Record<string, number>;

/** What is read of a saved figure. */
interface Figure {
  querySelectorAll(selector: string): Iterable<{ textContent: string; getAttribute(name: string): string | null }>;
}

describe.skipIf(!existsSync(chromiumFile))('the lab', () => {
  let lab: ServedLab;
  let browser: Browser;
  beforeAll(async () => {
    lab = await serveLab();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await lab.close();
  });

  const clipboard = (page: Page): Promise<string> => page.evaluate('navigator.clipboard.readText()');

  /** axe finds nothing to object to, in both colour schemes. */
  async function expectNoBarriers(page: Page): Promise<void> {
    await page.evaluate(axe.source);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const violations = await page.evaluate(async () => {
        const found = await (globalThis as unknown as { axe: typeof axe }).axe.run();
        return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      });
      expect(violations).toEqual([]);
    }
  }

  async function csv(page: Page): Promise<Row[]> {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).click(),
    ]);
    const text = readFileSync(await download.path(), 'utf8');
    return Papa.parse<Row>(text, { header: true, dynamicTyping: true, skipEmptyLines: true }).data;
  }

  /** The arrays of the NPZ file: a ZIP archive whose entries are not compressed. */
  async function npzOf(page: Page): Promise<Map<string, ReturnType<typeof parseNpy>>> {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download NPZ' }).click(),
    ]);
    const bytes = readFileSync(await download.path());
    const arrays = new Map<string, ReturnType<typeof parseNpy>>();
    let at = 0;
    for (; bytes.readUInt32LE(at) === 0x04034b50;) {
      const [crc, size, nameLength] = [
        bytes.readUInt32LE(at + 14),
        bytes.readUInt32LE(at + 18),
        bytes.readUInt16LE(at + 26),
      ];
      const start = at + 30 + nameLength;
      const content = Uint8Array.from(bytes.subarray(start, start + size));
      expect(crc32(content)).toBe(crc);
      arrays.set(bytes.toString('latin1', at + 30, start), parseNpy(content.buffer));
      at = start + size;
    }
    // The directory and its end, with as many entries.
    expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
    expect(bytes.readUInt32LE(bytes.length - 22)).toBe(0x06054b50);
    expect(bytes.readUInt16LE(bytes.length - 12)).toBe(arrays.size);
    expect(bytes.readUInt32LE(bytes.length - 6)).toBe(at);
    return arrays;
  }

  it('a stimulus presented more often drifts more slowly, and the command line repeats the numbers', async () => {
    const { page, complaints, close } = await openLab(browser, lab.url, '#preset=frequency&f=0&n=6&replicas=16');
    const theory = page.locator('tr[data-probe="0"] td').first();
    const before = (await theory.textContent()) ?? '';
    await page.locator('input[name=f]').fill('0.4');
    await expect.poll(() => theory.textContent()).not.toBe(before);
    expect(page.url()).toContain('f=0.4');
    await samplesSeen(page, 80);
    await pauseLab(page);

    const seen = await csv(page);
    const [often, ...others] = seen.map(({ diffusionSimulation: value, diffusionSimulationStandardError: se }) => ({
      value,
      se,
    }));
    for (const other of others) {
      expect(other.value - often.value).toBeGreaterThan(5 * Math.hypot(other.se, often.se));
    }

    await page.getByRole('button', { name: 'Copy as experiment file' }).click();
    await page.getByText('experiment file copied').waitFor();
    const { code, stdout, stderr } = await inDirectory({ 'lab.yaml': await clipboard(page) }, (directory) =>
      meander(['run', 'lab.yaml', '--json'], directory),
    );
    expect(stderr).not.toContain('lab.yaml:');
    expect(code).toBe(0);
    const { points } = JSON.parse(stdout) as RunReport;
    points[0].probes.forEach(({ simulation, ...theory }, k) => {
      for (const quantity of ['squaredNorm', 'fluctuation', 'diffusion', 'directedSpeed'] as const) {
        const { value, se } = simulation[quantity];
        const relative = (here: number, there: number): number => Math.abs(here - there) / (Math.abs(there) || 1);
        expect(relative(seen[k][`${quantity}Theory`], theory[quantity])).toBeLessThan(1e-12);
        expect(relative(seen[k][`${quantity}Simulation`], value)).toBeLessThan(1e-12);
        expect(relative(seen[k][`${quantity}SimulationStandardError`], se)).toBeLessThan(1e-12);
      }
    });
    const arrays = await npzOf(page);
    expect(Array.from(arrays.get('diffusionSimulation.npy')?.data as Float64Array)).toEqual(
      seen.map(({ diffusionSimulation }) => diffusionSimulation),
    );
    expect(arrays.get('squaredDisplacement.npy')?.shape.at(1)).toBe(seen.length);
    const numbers = (name: string): number[] => Array.from(arrays.get(`${name}.npy`)?.data as Float64Array);
    const [[predicted], [loss]] = [numbers('lossTheory'), numbers('lossSimulation')];
    expect(loss / predicted).toBeCloseTo(1, 1);
    expect(loss).toBe(points[0].loss.simulation.value);
    const times = numbers('trailSteps');
    expect(times).toHaveLength(arrays.get('trail.npy')?.shape[0] ?? NaN);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(complaints).toEqual([]);
    await close();
  });

  it('starts, pauses, steps and resets', async () => {
    const { page, close } = await openLab(browser, lab.url, '', { paused: true });
    const status = page.locator('.status');
    const samples = async (): Promise<number> => Number(await status.getAttribute('data-samples'));
    await page.getByRole('button', { name: 'Start' }).click();
    await samplesSeen(page, 20);
    await pauseLab(page);
    const before = await samples();
    await page.getByRole('button', { name: 'Step' }).click();
    await samplesSeen(page, before + 1);
    await page.locator('.status[data-phase=paused]').waitFor();
    expect(await samples()).toBe(before + 1);
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.locator('.status[data-samples="0"]').waitFor();
    await close();
  });

  it('pauses within a burn-in, and goes on', async () => {
    const slow = '#preset=frequency&n=24&learningRate=0.0001&replicas=1024';
    const { page, complaints, close } = await openLab(browser, lab.url, slow);
    const status = page.locator('.status');
    const burnt = async (): Promise<number> => Number(/(\d+)%/.exec((await status.textContent()) ?? '')?.[1]);
    await expect.poll(burnt, { timeout: 10_000 }).toBeGreaterThanOrEqual(2);
    await pauseLab(page);
    expect(await status.textContent()).toMatch(/^burning in, \d+%, paused$/);
    const before = await burnt();
    expect(before).toBeLessThan(90);
    await page.getByRole('button', { name: 'Start' }).click();
    await expect.poll(burnt, { timeout: 10_000 }).toBeGreaterThan(before);
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(burnt).toBeLessThan(before);
    expect(complaints).toEqual([]);
    await close();
  });

  it('keeps the weights after a change when asked to, and says that no file repeats that', async () => {
    const { page, complaints, close } = await openLab(browser, lab.url, '#learningRate=0.01&replicas=256');
    await samplesSeen(page, 20);
    await page.getByLabel('Keep the weights after a change').check();
    await page.locator('input[name=weightDecay]').fill('0.3');
    await page.locator('.status[data-samples="0"]').waitFor();
    await samplesSeen(page, 100);
    await pauseLab(page);
    await page.getByRole('button', { name: 'Copy as experiment file' }).click();
    await page.getByText('These networks went on from the weights').waitFor();
    const file = temporaryFile('lab.yaml', await clipboard(page));
    const { points } = await meanderJson<RunReport>(['run', file]);
    for (const [k, row] of (await csv(page)).entries()) {
      for (const quantity of ['fluctuation', 'diffusion'] as const) {
        // Other random numbers and other weights to begin with: equal within errors, and in no digit more.
        const { value, se } = points[0].probes[k].simulation[quantity];
        const difference = Math.abs(row[`${quantity}Simulation`] - value);
        expect(difference).toBeLessThan(5 * Math.SQRT2 * se);
        expect(se / value).toBeLessThan(0.03);
        expect(difference / value).toBeGreaterThan(1e-12);
      }
    }
    // Another number of hidden units makes other networks: those begin anew.
    await page.locator('input[name=hiddenUnits]').fill('4');
    await page.locator('.status[data-samples="0"]').waitFor();
    await page.getByRole('button', { name: 'Copy as experiment file' }).click();
    await page.getByText('experiment file copied.', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('a link restores what is simulated and how it is looked at', async () => {
    const first = await openLab(browser, lab.url, '', { paused: true });
    await first.page.getByLabel('Input', { exact: true }).selectOption('frequency');
    await first.page.locator('input[name=f]').fill('0.35');
    await first.page.locator('input[name=n]').fill('5');
    await first.page.locator('tr[data-probe="4"]').waitFor();
    await first.page.locator('tr[data-probe="2"] input').check();
    await first.page.getByLabel('Speed').selectOption('5');
    await first.page.getByRole('button', { name: 'Copy link' }).click();
    await first.page.getByText('link copied').waitFor();
    const link = await clipboard(first.page);
    expect(link).toBe(first.page.url());
    const theory = (page: Page): Promise<string[]> => page.locator('tbody td:nth-child(2)').allTextContents();
    const expected = await theory(first.page);
    const second = await openLab(browser, lab.url, new URL(link).hash, { paused: true });
    await expect.poll(() => theory(second.page)).toEqual(expected);
    expect(await second.page.locator('tr[data-probe="2"] input').isChecked()).toBe(true);
    expect(await second.page.getByLabel('Speed').inputValue()).toBe('5');
    expect([...first.complaints, ...second.complaints]).toEqual([]);
    await first.close();
    await second.close();
  });

  it.each([
    ['#pace=7', 'the link has pace 7, expected Infinity, 30, 5, 1'],
    ['#follow=0', 'the link has follow 0, expected the number of a stimulus, from 1'],
    ['#preset=spiral', 'the link has preset spiral, expected isotropic'],
    ['#preset=frequency&f=often', 'Frequency: found “often”, expected a number from 0 to 0.9'],
    ['#n=3.5', 'Input size: found “3.5”, expected a whole number from 2 to 24'],
    ['#colour=red', 'the link has colour, expected only preset'],
    ['#learningRate=', 'Learning rate: found nothing'],
  ])('a link with something wrong (%s) is refused, and the page lives', async (hash, message) => {
    const { page, complaints, close } = await openLab(browser, lab.url, hash, { paused: true });
    expect(await page.getByRole('alert').textContent()).toContain(message);
    expect(await page.locator('tbody tr').count()).toBe(3);
    expect(complaints).toEqual([]);
    await close();
  });

  it.each(['', '#preset=power-law', '#preset=frequency', '#preset=dictionary', '#preset=digits'])(
    'axe finds nothing to object to (%s)',
    async (hash) => {
      const { page, complaints, close } = await openLab(browser, lab.url, hash);
      await samplesSeen(page, 5);
      await page.getByRole('button', { name: 'Show in 3D' }).click();
      await page.locator('canvas[aria-busy=false]').waitFor();
      for (const data of await page.locator('.data summary').all()) await data.click();
      await page.locator('#similarity .data td').first().waitFor();
      await expectNoBarriers(page);
      expect(complaints).toEqual([]);
      await close();
    },
  );

  it('draws in space when asked, and turns by the keyboard', async () => {
    const { page, complaints, close } = await openLab(browser, lab.url, '', { paused: true });
    await page.getByRole('button', { name: 'Start' }).click();
    await samplesSeen(page, 20);
    await pauseLab(page);
    await page.getByRole('button', { name: 'Show in 3D' }).click();
    const canvas = page.locator('canvas[aria-busy=false]');
    await canvas.focus();
    const picture = async (): Promise<string> =>
      createHash('sha256')
        .update(await canvas.screenshot())
        .digest('hex');
    const unchanged = async (): Promise<boolean> => (await picture()) === (await picture());
    await expect.poll(unchanged).toBe(true);
    const before = await picture();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(picture).not.toBe(before);
    expect(complaints).toEqual([]);
    await close();
  });

  it('saves a figure that needs no style sheet, and its pixels', async () => {
    const { page, complaints, close } = await openLab(browser, lab.url, '', { paused: true });
    const saved = async (format: string): Promise<Buffer> => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: `Loss: download as ${format}` }).click(),
      ]);
      return readFileSync(await download.path());
    };
    const svg = (await saved('SVG')).toString('utf8');
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg).toContain('stroke="rgb(0, 114, 178)"');
    expect(svg).not.toMatch(/class=|var\(/);
    expect((await saved('PNG')).subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(complaints).toEqual([]);
    await close();
  });

  it('saves matrices side by side with their captions and the key', async () => {
    const { page, complaints, close } = await openLab(browser, lab.url, '', { paused: true });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'turn: download as SVG' }).click(),
    ]);
    const { document } = parseHTML(readFileSync(await download.path(), 'utf8')) as { document: Figure };
    const texts = Array.from(document.querySelectorAll('svg > text'), (text) => text.textContent);
    const places = Array.from(document.querySelectorAll('svg > svg'), (svg) =>
      ['x', 'y'].map((name) => Number(svg.getAttribute(name))),
    );
    expect(texts).toEqual(
      expect.arrayContaining(['Similarity stays, single representations turn', 'theory', 'at start', 'now']),
    );
    expect(texts.join(' ')).toContain('full colour is');
    const [[theory, ...heights], [start, startHeight], [now, nowHeight]] = places;
    expect([startHeight, nowHeight]).toEqual([...heights, ...heights]);
    expect(start - theory).toBeGreaterThan(50);
    expect(now - start).toBeCloseTo(start - theory, 0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('saves a picture in space sharp and on its ground, and nothing where there is nothing', async () => {
    const { page, complaints, close } = await openLab(browser, lab.url, '', { paused: true });
    const save = page.getByRole('button', { name: 'in space: download as PNG' });
    expect(await save.isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'against frequency: download as SVG' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Show in 3D' }).click();
    await page.locator('canvas[aria-busy=false]').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
    const base64 = readFileSync(await download.path()).toString('base64');
    const picture = await page.evaluate<{ width: number; clear: number }>(`(async () => {
      const image = new Image();
      image.src = 'data:image/png;base64,${base64}';
      await image.decode();
      const { width, height } = image;
      const context = new OffscreenCanvas(width, height).getContext('2d');
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, width, height);
      return { width, clear: data.filter((value, k) => k % 4 === 3 && value < 255).length };
    })()`);
    const { width = NaN } = (await page.locator('#space canvas').boundingBox()) ?? {};
    expect(picture.width).toBeGreaterThanOrEqual(2 * Math.floor(width));
    expect(picture.clear).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('leaves the wheel to the page until the picture in space is chosen', async () => {
    const { page, complaints, close } = await openLab(browser, lab.url, '', { paused: true });
    await page.getByRole('button', { name: 'Show in 3D' }).click();
    const canvas = page.locator('canvas[aria-busy=false]');
    await canvas.hover();
    const scrolled = (): Promise<number> => page.evaluate('scrollY');
    const before = await scrolled();
    await page.mouse.wheel(0, 60);
    await expect.poll(scrolled).toBe(before + 60);
    await canvas.focus();
    const picture = (): Promise<string> => page.evaluate("document.querySelector('canvas').toDataURL()");
    const far = await picture();
    await page.mouse.wheel(0, 60);
    await expect.poll(picture).not.toBe(far);
    expect(await scrolled()).toBe(before + 60);
    expect(complaints).toEqual([]);
    await close();
  });

  it('draws the sphere of the stimulus that is followed where each has its own', async () => {
    const { page, complaints, close } = await openLab(browser, lab.url, '#preset=digits', { paused: true });
    await page.getByRole('button', { name: 'Show in 3D' }).click();
    await page.getByText('Grid: the manifold, in theory, for stimulus 1.').waitFor();
    await page.locator('tr[data-probe="3"] input').check();
    await page.getByText('Grid: the manifold, in theory, for stimulus 4.').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('tells the numbers of its pictures in tables', async () => {
    const { page, complaints, close } = await openLab(browser, lab.url, '#preset=frequency&n=4');
    await samplesSeen(page, 40);
    await pauseLab(page);
    const cells = async (view: string): Promise<string[]> => {
      await page.locator(`#${view} .data summary`).click();
      const row = page.locator(`#${view} .data tbody tr`).first();
      await row.waitFor();
      return row.locator('th, td').allTextContents();
    };
    const number = expect.stringMatching(/^[−\d.,×⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+$/) as string;
    const estimate = expect.stringMatching(/^\(?[−\d.]+ ± [\d.]+/) as string;
    const step = expect.stringMatching(/^[\d\u202f]+$/) as string;
    expect(await cells('loss')).toEqual([step, number, estimate]);
    expect(await cells('displacement')).toEqual([step, number, estimate, number, estimate]);
    expect(await cells('similarity')).toEqual(['stimulus 1', number, number, number, number]);
    expect(await page.locator('#similarity .data table').count()).toBe(4);
    expect((await cells('frequency')).length).toBe(1 + 2 * 4);
    expect(complaints).toEqual([]);
    await close();
  });

  it('keeps the page small with many stimuli, and their names apart', async () => {
    const { page, complaints, close } = await openLab(browser, lab.url, '', { paused: true });
    const experiment = {
      model: {
        hiddenUnits: 3,
        input: [{ kind: 'gaussian', covariance: [1, 0.9, 0.8] }],
        learningRate: 0.02,
        weightDecay: 0.1,
      },
      probes: Array.from({ length: 60 }, (_, k) => [Math.cos(k), Math.sin(k), Math.cos(3 * k)]),
    };
    const buffer = Buffer.from(JSON.stringify(experiment));
    await page.locator('input[type=file]').setInputFiles({ name: 'many.json', mimeType: 'application/json', buffer });
    await page.locator('tr[data-probe="59"]').waitFor();
    await page.getByRole('button', { name: 'Show in 3D' }).click();
    await page.getByText('the first 20 of 60 stimuli').waitFor();
    await page.getByRole('button', { name: 'Start' }).click();
    await samplesSeen(page, 10);
    await expect.poll(() => page.locator('#similarity image[href^="data:image/png"]').count()).toBe(3);
    // A square of each matrix for every pair of stimuli would be 10,800 of them.
    expect(await page.locator('*').count()).toBeLessThan(2000);
    const edges = await page.evaluate<{ left: number; right: number }[]>(`
      Array.from(document.querySelector('#probes svg').querySelectorAll('.tick[text-anchor=middle]'), (name) => {
        const { left, right } = name.getBoundingClientRect();
        return { left, right };
      })`);
    expect(edges.length).toBeGreaterThan(3);
    edges.slice(1).forEach(({ left }, k) => {
      expect(left).toBeGreaterThan(edges[k].right);
    });
    expect(complaints).toEqual([]);
    await close();
  });

  it('the tour has five steps, each at its view', async () => {
    const { page, complaints, close } = await openLab(browser, lab.url, '', { paused: true });
    await page.getByRole('button', { name: 'Guided tour' }).click();
    for (const [k, view] of ['loss', 'similarity', 'displacement', 'probes', 'frequency'].entries()) {
      await page.getByRole('heading', { name: `${k + 1} of 5` }).waitFor();
      const inSight = async (): Promise<boolean> => {
        const { y = NaN } = (await page.locator(`#${view}`).boundingBox()) ?? {};
        return y > -50 && y < 900;
      };
      await expect.poll(inSight).toBe(true);
      if (k === 0) await expectNoBarriers(page);
      await page.locator('.tour .main-button').click();
    }
    await page.getByRole('button', { name: 'Guided tour' }).waitFor();
    expect(page.url()).toContain('preset=frequency');
    expect(complaints).toEqual([]);
    await close();
  });

  const bad: [name: string, content: Buffer, message: string][] = [
    ['a.npy', Buffer.from('not numbers'), 'a.npy: is not an .npy file'],
    ['a.csv', Buffer.from('1,2\n3,x\n'), 'found "x" in row 2, column 2'],
    ['a.yaml', Buffer.from('model: [\n'), 'a.yaml:2:1: not valid YAML'],
    ['a.yaml', Buffer.from('model: { hiddenUnits: many }\n'), 'a.yaml:1:23: model.hiddenUnits'],
    ['a.json', Buffer.from([0xff, 0xfe, 0x00]), 'a.json:1:1: found bytes that are not UTF-8'],
    ['a.png', Buffer.from('x'), 'a.png: expected an experiment file (.yaml, .json) or a table (.npy, .csv)'],
  ];
  it('refuses malformed files and one of 100 MB, lives on, and takes a good one', async () => {
    const { page, complaints, close } = await openLab(browser, lab.url, '', { paused: true });
    const input = page.locator('input[type=file]');
    const alert = page.getByRole('alert');
    for (const [name, buffer, message] of bad) {
      await input.setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
      await expect.poll(() => alert.textContent()).toContain(message);
    }
    await inDirectory({ 'large.npy': Buffer.alloc(100 * 2 ** 20) }, async (directory) => {
      await input.setInputFiles(join(directory, 'large.npy'));
      await expect.poll(() => alert.textContent()).toContain('large.npy: found 100 MB, expected at most 32 MB');
    });
    await page.evaluate(`(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['1,2\\n3,y\\n'], 'dropped.csv'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    })()`);
    await expect.poll(() => alert.textContent()).toContain('found "y" in row 2, column 2');
    expect(await page.locator('tbody tr').count()).toBe(3);
    await input.setInputFiles(join(root, 'examples/data/iris.csv'));
    await page.getByText('iris: 4 learned modes').waitFor();
    expect(await alert.count()).toBe(0);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByText('Nothing copied: a link holds').waitFor();
    await page.getByRole('button', { name: 'Start' }).click();
    await samplesSeen(page, 5);
    expect(complaints).toEqual([]);
    await close();
  });

  const experiment = `model: { hiddenUnits: 3, input: [{ kind: gaussian, covariance: [1, 0.9] }], learningRate: 0.02, weightDecay: 0.1 }
simulation: { replicas: 4, burnIn: 100, lag: 50, duration: 1000 }
`;
  const swept = `${experiment}sweep: { model.learningRate: [0.03, 0.01] }\n`;

  /** Opens the lab of a server that was given the directory. */
  async function openRuns(directory: string, width = 1280) {
    const served = await serveLab([directory]);
    const { page, complaints, close } = await openLab(browser, served.url, '', { paused: true, width });
    return {
      page,
      complaints,
      /** The button of a run in the list. */
      listed: (name: string) => page.locator('.runs').getByRole('button', { name, exact: true }),
      /** The run that is shown. */
      run: page.locator('main .run'),
      close: async () => {
        await close();
        await served.close();
      },
    };
  }

  it('lists the runs of a directory, shows tables and figures, opens points, and refuses damaged runs', async () => {
    await inDirectory({ 'two.yaml': experiment, 'swept.yaml': swept }, async (directory) => {
      expect((await meander(['run', 'two.yaml', '--out', 'good'], directory)).code).toBe(0);
      expect((await meander(['sweep', 'swept.yaml', '--out', 'some/swept'], directory)).code).toBe(0);
      await mkdir(join(directory, 'damaged'));
      await writeFile(join(directory, 'damaged/report.json'), '{"points": [{}]}');
      await mkdir(join(directory, 'broken'));
      await writeFile(join(directory, 'broken/manifest.json'), '{"format": 1}');
      const { page, complaints, listed, run, close } = await openRuns(directory);
      await listed('damaged').click();
      await page.getByText('damaged/report.json: points[0] has no parameters').waitFor();
      await listed('broken').click();
      await page.getByText('manifest.json: is damaged: id').waitFor();
      await listed('good').click();
      await expect.poll(() => run.locator('tbody tr').count()).toBe(2);
      await run.getByText('experiment: 1 point, hiddenUnits 3, learningRate 0.02').waitFor();
      // Who opens a run is at its heading, and who closes it is back in the list.
      const focused = (): Promise<string> => page.evaluate('document.activeElement.textContent');
      await expect.poll(focused).toBe('Run: good');
      await run.getByRole('button', { name: 'Close' }).click();
      expect(await run.count()).toBe(0);
      expect(await focused()).toBe('good');
      await listed('good').click();
      await run.getByRole('button', { name: 'Open point 1 in the lab' }).click();
      await page.getByText('experiment: 2 learned modes').waitFor();
      expect(await page.locator('input[name=learningRate]').inputValue()).toBe('0.02');
      await listed('some/swept').click();
      await expect.poll(() => run.locator('tbody tr').count()).toBe(4);
      await expect.poll(() => run.locator('img').count()).toBe(2);
      await expectNoBarriers(page);
      await run.getByRole('button', { name: 'Open point 2 in the lab' }).click();
      await page.getByText('This is point 2 of the 2 points of the sweep.').waitFor();
      expect(await page.locator('input[name=learningRate]').inputValue()).toBe('0.01');

      // The point opened live makes the numbers of the sweep: its random streams are those.
      await page.getByRole('button', { name: 'Start' }).click();
      await samplesSeen(page, 30);
      await pauseLab(page);
      const [seen] = await csv(page);
      await page.getByRole('button', { name: 'Copy as experiment file' }).click();
      await page.getByText('experiment file copied').waitFor();
      await writeFile(join(directory, 'point.yaml'), await clipboard(page));
      const { points } = await meanderJson<RunReport>(['run', join(directory, 'point.yaml')]);
      expect(points[0].parameters.learningRate).toBe(0.01);
      const { value } = points[0].probes[0].simulation.fluctuation;
      expect(Math.abs(seen.fluctuationSimulation / value - 1)).toBeLessThan(1e-12);
      // Two requests were refused, on purpose.
      expect(complaints.filter((complaint) => !complaint.includes('422'))).toEqual([]);
      await close();
    });
  });

  it('shows the claims of a reproduction with their verdicts, and its figures', async () => {
    const check = { quantity: 'D', predicted: 1, measured: 1, error: 0.1, z: 0, rule: '|z| ≤ 4', passed: true };
    const claim = { statement: '', source: '', preset: 'p.yaml', replicas: 8, steps: 100 };
    const report: ReproductionReport = {
      mode: 'quick',
      seed: 3,
      version: '0.1.0',
      commit: null,
      rule: '',
      passed: false,
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
      const { page, complaints, listed, run, close } = await openRuns(directory);
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
      await expectNoBarriers(page);
      expect(complaints).toEqual([]);
      await close();
    });
  });

  it('shows what is missing in the table of a run, refuses what is no number, and opens the next run', async () => {
    await inDirectory({ 'swept.yaml': swept }, async (directory) => {
      expect((await meander(['sweep', 'swept.yaml', '--out', 'whole'], directory)).code).toBe(0);
      const rows = await readParquet(join(directory, 'whole/results.parquet'));
      const withCell = async (name: string, cell: StoredRow[string]): Promise<void> => {
        await cp(join(directory, 'whole'), join(directory, name), { recursive: true });
        const table = new Table();
        for (const [k, row] of rows.entries()) table.add(k === 1 ? { ...row, diffusionSimulation: cell } : row);
        await writeParquet(join(directory, name, 'results.parquet'), table, new Set(['point', 'probe']));
      };
      await withCell('gap', null);
      await withCell('text', 'many');
      const { page, complaints, listed, run, close } = await openRuns(directory);
      await listed('gap').click();
      await expect.poll(() => run.locator('tbody tr').nth(1).locator('td').last().textContent()).toBe('…');
      expect(await run.locator('img').count()).toBe(2);
      await listed('text').click();
      await page.getByText('row 1 of the table, diffusionSimulation: found "').waitFor();
      expect(await run.count()).toBe(0);
      await listed('whole').click();
      await expect.poll(() => run.locator('tbody tr').count()).toBe(4);
      expect(complaints).toEqual([]);
      await close();
    });
  });

  it('brings the data that the experiment of a run names, and no other; says what is not there, and takes it dropped', async () => {
    const table = '1,2\n3,-1\n-2,1\n';
    const named = `model: { hiddenUnits: 3, input: [{ kind: dataset, file: far/rows.csv }], learningRate: 0.02, weightDecay: 0.1 }
simulation: { replicas: 4, burnIn: 100, lag: 50, duration: 1000 }
`;
    await inDirectory({ 'named.yaml': named }, async (directory) => {
      await mkdir(join(directory, 'far'));
      await writeFile(join(directory, 'far/rows.csv'), table);
      expect((await meander(['run', 'named.yaml', '--out', 'run'], directory)).code).toBe(0);
      await writeFile(join(directory, 'run/large.npy'), Buffer.alloc(40 * 2 ** 20));
      const { page, complaints, listed, run, close } = await openRuns(directory);
      await listed('run').click();
      await run.getByRole('button', { name: 'Open point 1 in the lab' }).click();
      const alert = page.getByRole('alert');
      await expect
        .poll(() => alert.textContent())
        .toContain(
          'run: named.yaml names data that is not in this directory: far/rows.csv; put it there, or drop it onto the page together with named.yaml',
        );
      await page.evaluate(
        ([experimentText, rows]) => {
          const page = globalThis as unknown as {
            DataTransfer: new () => { items: { add: (file: File) => void } };
            DragEvent: new (name: string, options: object) => object;
            document: { body: { dispatchEvent: (event: object) => void } };
          };
          const dataTransfer = new page.DataTransfer();
          dataTransfer.items.add(new File([experimentText], 'named.yaml'));
          dataTransfer.items.add(new File([rows], 'rows.csv'));
          page.document.body.dispatchEvent(
            new page.DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }),
          );
        },
        [await readFile(join(directory, 'run/named.yaml'), 'utf8'), table],
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

  it('shows the first rows of a long report, and scrolls wide tables by themselves', async () => {
    const measured = { value: 1, se: 0.1 };
    const probe = { fluctuation: 1, diffusion: 1, simulation: { fluctuation: measured, diffusion: measured } };
    const points = Array.from({ length: 400 }, (_, k) => ({
      parameters: { learningRate: 1 / (k + 1), weightDecay: 0.1 },
      probes: [probe, probe],
    }));
    await inDirectory({ 'report.json': JSON.stringify({ name: 'long', points }) }, async (directory) => {
      const { page, complaints, listed, run, close } = await openRuns(directory, 390);
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

  it.each([360, 390, 1280, 2560, 3840])('nothing is wider than a window of %i px', async (width) => {
    const { page, close } = await openLab(browser, lab.url, '#preset=frequency', { width, paused: true });
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await close();
  });

  it('takes less than 200 kB of script, compressed, for its first load', () => {
    const assets = join(root, 'dist/web/assets');
    const first = readdirSync(assets).filter((name) => name.endsWith('.js') && !name.startsWith('scene'));
    const bytes = first.reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0);
    console.log(`script of the first load, workers included: ${(bytes / 1000).toFixed(1)} kB compressed`);
    expect(bytes).toBeLessThan(200_000);
  });
});
