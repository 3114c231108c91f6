// The controls of the lab, by keyboard and in haste.
import { existsSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLab, pauseLab, samplesSeen, serveLab, type ServedLab } from '../support/lab.js';
import { openBrowser } from '../support/site.js';
import { chromiumFile } from '../system-packages.js';

describe.skipIf(!existsSync(chromiumFile))('the controls of the lab', () => {
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

  const focused = (page: Page): Promise<string> => page.evaluate('document.activeElement.textContent');
  const alerts = (page: Page): Promise<string[]> => page.getByRole('alert').allTextContents();

  it.each(['#preset=power-law', '#preset=frequency'])('every slider moves at every key (%s)', async (hash) => {
    const { page, complaints, close } = await openLab(browser, lab.url, hash, { paused: true });
    for (const slider of await page.getByRole('slider').all()) {
      const value = (): Promise<string | null> => slider.getAttribute('aria-valuetext');
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowLeft', 'ArrowRight']) {
        // At its end it can go the other way only.
        const [at, end] = [await slider.inputValue(), await slider.getAttribute(key === 'ArrowRight' ? 'max' : 'min')];
        if (at === end) continue;
        const before = await value();
        await slider.press(key);
        await expect.poll(value).not.toBe(before);
      }
    }
    await page.locator('main[aria-busy=false]').waitFor();
    expect(await alerts(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('a larger input gets as many hidden units, and has a prediction', async () => {
    const { page, close } = await openLab(browser, lab.url, '', { paused: true });
    await page.getByLabel('Input size, slider').press('ArrowRight');
    await page.getByText('isotropic: 4 learned modes').waitFor();
    expect(await page.locator('input[name=hiddenUnits]').inputValue()).toBe('4');
    // Who asks for a bottleneck that no theory can tell apart is told why, by name and not by line.
    await page.locator('input[name=hiddenUnits]').fill('2');
    await expect.poll(() => alerts(page)).toEqual([expect.stringMatching(/^model.hiddenUnits: 2 hidden units cut/)]);
    await close();
  });

  it('the keyboard stays where it is at pause, step and the end of the tour', async () => {
    const { page, close } = await openLab(browser, lab.url);
    await samplesSeen(page, 10);
    await page.getByRole('button', { name: 'Pause' }).focus();
    await page.keyboard.press('Space');
    await page.locator('.status[data-phase=paused]').waitFor();
    expect(await focused(page)).toBe('Start');
    const step = page.getByRole('button', { name: 'Step' });
    await step.focus();
    for (let k = 0; k < 3; k++) {
      const before = Number(await page.locator('.status').getAttribute('data-samples'));
      await page.keyboard.press('Space');
      await samplesSeen(page, before + 1);
      await page.locator('.status[data-phase=paused]').waitFor();
      expect(await focused(page)).toBe('Step');
    }
    await page.getByRole('button', { name: 'Guided tour' }).press('Enter');
    await page.getByRole('button', { name: 'End the tour' }).press('Enter');
    expect(await focused(page)).toBe('Guided tour');
    await close();
  });

  it.each([
    [1280, 900],
    [390, 844],
  ])('the tour is seen beside its view, at %i x %i', async (width, height) => {
    const { page, complaints, close } = await openLab(browser, lab.url, '', { width, height });
    await page.getByRole('button', { name: 'Guided tour' }).click();
    for (const view of ['loss', 'similarity', 'displacement', 'probes', 'frequency']) {
      const inside = (selector: string): Promise<boolean> =>
        page.evaluate(`(() => {
          const { top, bottom } = document.querySelector('${selector}').getBoundingClientRect();
          return top >= -1 && bottom <= innerHeight;
        })()`);
      await expect.poll(() => inside(`#${view} h2`)).toBe(true);
      expect(await inside('.tour')).toBe(true);
      await page.locator('main[aria-busy=false]').waitFor();
      // Without a look at where it is: a click that scrolls would hide that it cannot be seen.
      await page.locator('.tour .main-button').click({ force: true, noWaitAfter: true });
    }
    expect(await page.locator('.tour').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('follows a link that is opened in the same page, and says what is wrong with one', async () => {
    const { page, close } = await openLab(browser, lab.url, '', { paused: true });
    const go = (hash: string): Promise<void> => page.evaluate(`location.hash = '${hash}'`);
    await go('#preset=frequency&f=0.5&n=6');
    await page.getByText('frequency: 6 learned modes').waitFor();
    expect(await page.locator('input[name=f]').inputValue()).toBe('0.5');
    await go('#preset=spiral');
    await expect.poll(() => alerts(page)).toEqual([expect.stringContaining('the link has preset spiral')]);
    await close();
  });

  it('no rate of another frequency comes into the curve over f while f moves', async () => {
    const { page, close } = await openLab(browser, lab.url, '#preset=frequency&f=0.1&n=6&replicas=64');
    await samplesSeen(page, 40);
    await page.locator('main[aria-busy=false]').waitFor();
    await page.evaluate(`(async () => {
      const slider = document.querySelector('[aria-label="Frequency, slider"]');
      for (let k = 0; k < 60; k++) {
        slider.value = String(20 + k);
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    })()`);
    await page.locator('main[aria-busy=false]').waitFor();
    await samplesSeen(page, 20);
    await pauseLab(page);
    // One point at the frequency where it began, and one where it ended.
    const points = (): Promise<string | null> => page.locator('#frequency .series-0 .dot').last().getAttribute('d');
    expect((await points())?.match(/M/g)).toHaveLength(2);
    await close();
  });

  it('a table that takes long can be left, and meanwhile nothing is said of what was before', async () => {
    const { page, complaints, close } = await openLab(browser, lab.url, '', { paused: true });
    const numbers = Array.from({ length: 130 }, (_, i) =>
      Array.from({ length: 120 }, (_, j) => Math.sin(i * 12.9898 + j * 78.233 + i * j).toFixed(4)).join(','),
    );
    const buffer = Buffer.from(`${numbers.join('\n')}\n`);
    await page.locator('input[type=file]').setInputFiles({ name: 'wide.csv', mimeType: 'text/csv', buffer });
    await page.locator('main[aria-busy=true]').waitFor();
    await expect.poll(() => page.locator('.status').textContent()).toBe('computing the theory …');
    expect(await page.getByRole('button', { name: 'Copy as experiment file' }).isDisabled()).toBe(true);
    await page.waitForTimeout(1000);
    expect(await page.locator('main').getAttribute('aria-busy')).toBe('true');
    await page.getByLabel('Input', { exact: true }).selectOption('dictionary');
    await page.getByText('dictionary: 4 learned modes').waitFor({ timeout: 5000 });
    expect(complaints).toEqual([]);
    await close();
  });

  it('what cannot be copied is downloaded', async () => {
    const context = await browser.newContext();
    await context.addInitScript(`Object.defineProperty(navigator, 'clipboard', { value: undefined })`);
    const page = await context.newPage();
    await page.goto(lab.url);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Copy link' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('lab.txt');
    await context.close();
  });
});
