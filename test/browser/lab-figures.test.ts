// Figures that are saved, and tables of their numbers.
import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { expect, it } from 'vitest';
import { describeLab, pauseLab, waitForSamples } from '../support/lab.js';

/** What is read of a saved figure. */
interface Figure {
  querySelectorAll(selector: string): Iterable<{ textContent: string; getAttribute(name: string): string | null }>;
}

describeLab('the views of the lab', (lab) => {
  it('are saved as SVG with their styles inlined, and as PNG', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    const save = async (format: string): Promise<Buffer> => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: `Loss: download as ${format}` }).click(),
      ]);
      return readFileSync(await download.path());
    };
    const svg = (await save('SVG')).toString('utf8');
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg).toContain('stroke="rgb(28, 30, 33)"');
    expect(svg).not.toMatch(/class=|var\(/);
    expect((await save('PNG')).subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(complaints).toEqual([]);
    await close();
  });

  it('have a band around every prediction, which the learning rate makes wide', async () => {
    const { page, complaints, close } = await lab.open('#preset=isotropic&learningRate=0.001', { paused: true });
    const bands = page.getByRole('img', { name: 'Self-correlation of each probe over steps' }).locator('path.band');
    /** Px between the edges of the first band, where it is widest: the upper one leads there, the lower one back. */
    const width = async (): Promise<number> => {
      const path = (await bands.first().getAttribute('d')) ?? '';
      const heights = Array.from(path.matchAll(/,([\d.-]+)/g), ([, height]) => Number(height));
      return Math.max(...heights.map((height, i) => Math.abs(height - heights[heights.length - 1 - i])));
    };
    expect(await bands.count()).toBe(3);
    const narrow = await width();
    await page.evaluate("location.hash = '#preset=isotropic&learningRate=0.1'");
    await expect.poll(width).toBeGreaterThan(3 * narrow);
    expect(complaints).toEqual([]);
    await close();
  });

  it('are saved with matrices side by side, their captions and the key', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'rotate: download as SVG' }).click(),
    ]);
    const { document } = parseHTML(readFileSync(await download.path(), 'utf8')) as { document: Figure };
    const texts = Array.from(document.querySelectorAll('svg > text'), (text) => text.textContent);
    const places = Array.from(document.querySelectorAll('svg > svg'), (svg) =>
      ['x', 'y'].map((name) => Number(svg.getAttribute(name))),
    );
    expect(texts).toEqual(
      expect.arrayContaining(['Similarities persist while representations rotate', 'theory', 'at start', 'now']),
    );
    expect(texts.join(' ')).toContain('full colour is');
    const [[theory, ...heights], [start, startHeight], [now, nowHeight]] = places;
    expect([startHeight, nowHeight]).toEqual([...heights, ...heights]);
    expect(start - theory).toBeGreaterThan(50);
    expect(now - start).toBeCloseTo(start - theory, 0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('have tables of their numbers', async () => {
    const { page, complaints, close } = await lab.open('#preset=frequency&n=4');
    await waitForSamples(page, 40);
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
    expect(await cells('similarity')).toEqual(['stimulus', number, number, number, number]);
    expect(await page.locator('#similarity .data table').count()).toBe(4);
    expect((await cells('frequency')).length).toBe(1 + 2 * 4);
    expect(complaints).toEqual([]);
    await close();
  });

  it('stay below 2000 elements with 60 probes, whose names on an axis do not overlap', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
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
    await page.getByText('the first 20 of 60 probes').waitFor();
    await page.getByRole('button', { name: 'Start' }).click();
    await waitForSamples(page, 10);
    await expect.poll(() => page.locator('#similarity image[href^="data:image/png"]').count()).toBe(3);
    // A square of each matrix for every pair of probes would be 10,800 of them.
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
});
