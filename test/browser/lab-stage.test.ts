// The stage: what is seen of a network in the first seconds.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeLab, pauseLab, waitForSamples } from '../support/lab.js';

/** A fingerprint of what the canvas shows. */
const picture = async (page: Page): Promise<string> => {
  const data = await page.evaluate<string>("document.querySelector('.stage canvas').toDataURL()");
  return createHash('sha256').update(data).digest('hex');
};
const numberOf = async (page: Page, selector: string, name: string): Promise<number> =>
  Number((await page.locator(selector).getAttribute(name)) ?? NaN);

const sphereHeight = async (page: Page): Promise<number> =>
  (await page.locator('.sphere').boundingBox())?.height ?? NaN;

describeLab('the stage of the lab', (lab) => {
  it('moves within five seconds, and has lost much of its correlation within fifteen, while the loss stays', async () => {
    const opened = performance.now();
    const { page, complaints, close } = await lab.open();
    const before = await picture(page);
    await expect.poll(() => picture(page)).not.toBe(before);
    const moving = performance.now() - opened;
    await expect.poll(() => numberOf(page, '.readings-now', 'data-correlation'), { interval: 100 }).toBeLessThan(0.7);
    const turned = performance.now() - opened;
    console.log(
      `the stage moves after ${(moving / 1000).toFixed(1)} s, correlation 0.7 after ${(turned / 1000).toFixed(1)} s`,
    );
    const [simulated, predicted] = await page.evaluate<number[]>(
      `document.querySelector('.readings-now').textContent.match(/[\\d.]+/g).map(Number).filter((_, k) => k !== 1)`,
    );
    expect(Math.abs(simulated / predicted - 1)).toBeLessThan(0.03);
    expect(complaints).toEqual([]);
    await close();
  });

  it('says why no codes are seen before the burn-in is over, without moving anything', async () => {
    const { page, complaints, close } = await lab.open('#preset=digits&replicas=256', { paused: true });
    const waiting = page.locator('.sphere .waiting');
    await page.getByText('then its codes appear here.').waitFor();
    const height = await sphereHeight(page);
    await page.getByRole('button', { name: 'Start' }).click();
    await expect.poll(() => waiting.textContent(), { interval: 20 }).toMatch(/appear here: \d+%$/);
    await waitForSamples(page, 1);
    await expect.poll(() => waiting.count()).toBe(0);
    expect(await sphereHeight(page)).toBe(height);
    expect(complaints).toEqual([]);
    await close();
  });

  it('hands over to the effective process where time runs faster than the network, and says so', async () => {
    const { page, complaints, close } = await lab.open('#preset=isotropic&pace=1000000000');
    await page.locator('.stage[data-mover=process]').waitFor();
    await page.getByText('the effective process that theory predicts for it').waitFor();
    await expect.poll(() => numberOf(page, '.stage', 'data-clock')).toBeGreaterThan(1e9);
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(() => numberOf(page, '.stage', 'data-clock')).toBeLessThan(1e9);
    // As fast as the networks can is the end of the slider, from which it goes on.
    const slider = page.getByLabel('Time-lapse');
    await page.getByLabel('Clock', { exact: true }).selectOption('network');
    expect(await slider.inputValue()).toBe(await slider.getAttribute('max'));
    await page.getByLabel('Clock', { exact: true }).selectOption('own');
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('1 second is 10¹⁰ steps');
    expect(complaints).toEqual([]);
    await close();
  });

  it('draws nothing while it is out of sight, and goes on where it is seen again', async () => {
    const { page, complaints, close } = await lab.open();
    await waitForSamples(page, 1);
    await page.setViewportSize({ width: 900, height: 400 });
    await page.evaluate(`scrollTo(0, document.body.scrollHeight)`);
    await page.waitForFunction(`document.querySelector('.stage-body').getBoundingClientRect().bottom < 0`);
    // A frame may be under way.
    await page.waitForTimeout(300);
    const [clock, before] = [await numberOf(page, '.stage', 'data-clock'), await picture(page)];
    await expect.poll(() => numberOf(page, '.stage', 'data-clock')).toBeGreaterThan(clock + 1000);
    expect(await picture(page)).toBe(before);
    await page.evaluate('scrollTo(0, 0)');
    await expect.poll(() => picture(page)).not.toBe(before);
    expect(complaints).toEqual([]);
    await close();
  });

  it('turns at arrow keys and drags, zooms within limits, and comes back to where it was; the view is in the link', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    const canvas = page.locator('.stage canvas');
    await canvas.focus();
    const home = await picture(page);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => picture(page)).not.toBe(home);
    await expect.poll(() => page.url()).toContain('camera=');
    for (let k = 0; k < 30; k++) await page.keyboard.press('-');
    await expect.poll(() => page.url()).toContain('0.50');
    await page.keyboard.press('0');
    await expect.poll(() => picture(page)).toBe(home);
    const { x = 0, y = 0 } = (await canvas.boundingBox()) ?? {};
    await page.mouse.move(x + 100, y + 100);
    await page.mouse.down();
    await page.mouse.move(x + 160, y + 120);
    await page.mouse.up();
    await expect.poll(() => picture(page)).not.toBe(home);
    expect(complaints).toEqual([]);
    await close();
  });

  it('zooms with the wheel when it has the focus; otherwise the page scrolls', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    const canvas = page.locator('.stage canvas');
    await canvas.hover();
    const scrolled = (): Promise<number> => page.evaluate('scrollY');
    const before = await scrolled();
    await page.mouse.wheel(0, 60);
    await expect.poll(scrolled).toBe(before + 60);
    await canvas.focus();
    const far = await picture(page);
    const focused = await scrolled();
    await page.mouse.wheel(0, 60);
    await expect.poll(() => picture(page)).not.toBe(far);
    expect(await scrolled()).toBe(focused);
    expect(complaints).toEqual([]);
    await close();
  });

  it('is started, stopped and stepped by keys wherever the focus is', async () => {
    const { page, close } = await lab.open('', { paused: true });
    await page.locator('.main-button[aria-disabled=false]').waitFor();
    await page.locator('.stage canvas').focus();
    await page.keyboard.press('Space');
    await waitForSamples(page, 10);
    await page.keyboard.press('Space');
    await page.locator('.status[data-phase=paused]').waitFor();
    const samples = await numberOf(page, '.status', 'data-samples');
    await page.keyboard.press('.');
    await expect.poll(() => numberOf(page, '.status', 'data-samples')).toBe(samples + 1);
    await page.keyboard.press('r');
    await page.locator('.status[data-samples="0"]').waitFor();
    // In a field they are what is typed.
    await page.locator('input[name=n]').focus();
    await page.keyboard.press('r');
    expect(await page.locator('input[name=n]').inputValue()).toMatch(/r/);
    await close();
  });

  it.each([
    ['', 1280],
    ['#preset=dictionary', 1280],
    ['#preset=dictionary', 390],
  ])('does not move anything while numbers change (%s, %i px)', async (hash, width) => {
    const { page, close } = await lab.open(hash, { width });
    await page.evaluate(`(() => {
      window.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
    })()`);
    await waitForSamples(page, hash === '' ? 300 : 10);
    await pauseLab(page);
    const shift = await page.evaluate<number>('window.shift');
    console.log(`layout shift: ${shift.toFixed(3)}`);
    expect(shift).toBeLessThan(0.05);
    await close();
  });

  it('shows networks of other rules, and which noise makes them drift', async () => {
    const { page, complaints, close } = await lab.open('#preset=oja&synapticNoise=0.5');
    await page.getByText(/In theory synaptic noise makes .*% of D/).waitFor();
    for (const rule of ['similarity-matching', 'deep-linear']) {
      await page.getByLabel('Input', { exact: true }).selectOption(rule);
      await page.getByText(`${rule}: 3 learned modes`).waitFor();
      await waitForSamples(page, 5);
      await expect.poll(() => numberOf(page, '.stage', 'data-clock')).toBeGreaterThan(0);
    }
    expect(complaints).toEqual([]);
    await close();
  });

  // All inputs: bench/browser/presets.ts. These are the quickest of those that the network and the effective process move.
  it.each(['similarity-matching', 'deep-linear'])(
    'has turned every code so far within a minute that half of its correlation is lost (%s)',
    async (preset) => {
      const { page, complaints, close } = await lab.open(`#preset=${preset}`);
      const lost = new Set<number>();
      const left = async (): Promise<number> => {
        const text = (await page.locator('.stage').getAttribute('data-correlations')) ?? '';
        const correlations = text === '' ? [NaN] : text.split(' ').map(Number);
        correlations.forEach((value, k) => value < 0.5 && lost.add(k));
        return correlations.length - lost.size;
      };
      await expect.poll(left, { timeout: 60_000, interval: 50 }).toBe(0);
      expect(complaints).toEqual([]);
      await close();
    },
  );

  it('fills a large screen in a talk, and no more', async () => {
    const { page, close } = await lab.open('', { width: 2560, height: 1300, paused: true });
    await page.goto(`${lab.url}?present`);
    await page.locator('.strips svg').first().waitFor();
    const bottom = async (): Promise<number> => {
      const { y = NaN, height = NaN } = (await page.locator('.stage').boundingBox()) ?? {};
      return y + height;
    };
    await expect.poll(bottom).toBeGreaterThan(1100);
    expect(await bottom()).toBeLessThanOrEqual(1300);
    await close();
  });

  it('has the page for itself in a talk', async () => {
    const { page, complaints, close } = await lab.open('#preset=power-law', { paused: true });
    await page.getByRole('link', { name: 'Present', exact: true }).click();
    await page.waitForURL(/\?present#preset=power-law/);
    await page.locator('.readings-now span').first().waitFor();
    expect(await page.locator('aside, main').count()).toBe(0);
    await page.getByRole('link', { name: 'Whole page' }).click();
    await page.locator('main table').first().waitFor();
    expect(complaints.filter((text) => !text.startsWith('failed: '))).toEqual([]);
    await close();
  });

  it('is saved with two pixels per pixel of the page on an opaque background', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    const save = page.getByRole('button', { name: 'Save picture' });
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
    const base64 = readFileSync(await download.path()).toString('base64');
    const found = await page.evaluate<{ width: number; clear: number }>(`(async () => {
      const image = new Image();
      image.src = 'data:image/png;base64,${base64}';
      await image.decode();
      const { width, height } = image;
      const context = new OffscreenCanvas(width, height).getContext('2d');
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, width, height);
      return { width, clear: data.filter((value, k) => k % 4 === 3 && value < 255).length };
    })()`);
    const { width = NaN } = (await page.locator('.stage canvas').boundingBox()) ?? {};
    expect(found.width).toBeGreaterThanOrEqual(2 * Math.floor(width));
    expect(found.clear).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });
});
