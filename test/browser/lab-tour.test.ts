// The guided tour.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeLab, focusedText, pauseLab, waitForSamples } from '../support/lab.js';
import { expectAccessible } from './accessibility.js';

const beginTour = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Guided tour' }).click();
  await page.getByRole('heading', { name: '1 of 5' }).waitFor();
};
const phaseIs = (page: Page, phase: string): Promise<void> => page.locator(`.status[data-phase=${phase}]`).waitFor();
/** Waits until the theory is there, and a simulation of it would have begun by itself. */
const settle = async (page: Page): Promise<void> => {
  await page.locator('main[aria-busy=false]').waitFor();
  await page.waitForTimeout(600);
};

describeLab('the tour of the lab', (lab) => {
  it('asks before it tells, opens what it speaks of, and gives back what the user had', async () => {
    const { page, complaints, close } = await lab.open('#preset=power-law&n=7&follow=2');
    await page.getByRole('button', { name: 'Guided tour' }).click();
    for (const [k, view] of [null, 'similarity', 'displacement', 'probes', 'frequency'].entries()) {
      await page.getByRole('heading', { name: `${k + 1} of 5` }).waitFor();
      await expect.poll(() => page.url()).toContain(`tour=${k + 1}`);
      if (k === 0) await expectAccessible(page);
      expect(await page.locator('.question [role=status]').textContent()).toBe('');
      await page.locator('.question input').first().check();
      await expect.poll(() => page.locator('.question [role=status]').textContent()).toMatch(/^(Yes|No)\. /);
      if (view) {
        await page.getByRole('link', { name: 'Show it' }).click();
        const isVisible = async (): Promise<boolean> => {
          const { y = NaN } = (await page.locator(`#${view}`).boundingBox()) ?? {};
          return y > -200 && y < 800;
        };
        await expect.poll(isVisible).toBe(true);
      }
      await page.locator('.tour .main-button').click();
    }
    await page.getByText('power-law: 7 learned modes').waitFor();
    expect(await page.locator('tr[data-probe="1"] input').isChecked()).toBe(true);
    expect(await page.locator('.tour').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('shows in a talk what it speaks of, as long as it does', async () => {
    const { page, complaints, close } = await lab.open();
    await page.goto(`${lab.url}?present#tour=2`);
    for (const view of ['similarity', 'displacement', 'probes', 'frequency']) {
      await page.locator('.question input').first().check();
      expect(await page.locator('.view').count()).toBe(0);
      await page.getByRole('link', { name: 'Show it' }).click();
      await expect
        .poll(async () => (await page.locator(`.view#${view} svg`).first().boundingBox())?.y)
        .toBeLessThan(800);
      expect(await page.locator('.view').count()).toBe(1);
      expect(await page.locator('aside, [role=tablist]').count()).toBe(0);
      await page.locator('.tour .main-button').click();
    }
    await expect.poll(() => page.locator('.tour, .view, main').count()).toBe(0);
    expect(complaints.filter((text) => !text.startsWith('failed: '))).toEqual([]);
    await close();
  });

  it('has the number that a step is about in it', async () => {
    const { page, close } = await lab.open('#preset=frequency&tour=5');
    await page.locator('.tour input[name=f]').fill('0.45');
    await expect.poll(() => page.url()).toContain('f=0.45');
    await close();
  });

  it('goes by arrow keys, ends at Escape, and leaves the focus where it began', async () => {
    const { page, close } = await lab.open();
    await waitForSamples(page, 5);
    await page.getByRole('button', { name: 'Guided tour' }).press('Enter');
    await page.getByRole('heading', { name: '1 of 5' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { name: '2 of 5' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('heading', { name: '1 of 5' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => focusedText(page)).toBe('Guided tour');
    await expect.poll(() => page.url()).not.toContain('tour');
    await close();
  });

  it('moves what rests when it begins, lets a pause in it last, and gives back either', async () => {
    const { page, complaints, close } = await lab.open('#preset=power-law');
    await waitForSamples(page, 5);
    await beginTour(page);
    await page.getByText('turning: ').waitFor();
    await settle(page);
    await waitForSamples(page, 5);
    await pauseLab(page);
    for (const step of [2, 3]) {
      await page.locator('.tour .main-button').click();
      await page.getByRole('heading', { name: `${step} of 5` }).waitFor();
      await settle(page);
      expect(await page.locator('.status').getAttribute('data-phase')).toMatch(/^(ready|paused)$/);
    }
    await page.keyboard.press('Escape');
    await page.getByText('power-law: ').waitFor();
    await phaseIs(page, 'running');

    await pauseLab(page);
    await beginTour(page);
    await phaseIs(page, 'running');
    await page.keyboard.press('Escape');
    await page.getByText('power-law: ').waitFor();
    await settle(page);
    expect(await page.locator('.status').getAttribute('data-phase')).toBe('ready');
    expect(complaints).toEqual([]);
    await close();
  });

  it('with reduced motion moves nothing by itself', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    await beginTour(page);
    for (let step = 1; step <= 5; step++) {
      await page.getByRole('heading', { name: `${step} of 5` }).waitFor();
      await settle(page);
      expect(await page.locator('.status').getAttribute('data-phase')).toBe('ready');
      expect(await page.locator('.status').getAttribute('data-samples')).toBe('0');
      await page.locator('.tour .main-button').click();
    }
    await expect.poll(() => page.locator('.tour').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('gives back the tab, the view of the sphere, the time-lapse and an own file with what was changed in it', async () => {
    const { page, complaints, close } = await lab.open('#pace=50000&tab=runs', { paused: true });
    const model = {
      hiddenUnits: 3,
      input: [{ kind: 'gaussian', covariance: [1, 0.9] }],
      learningRate: 0.02,
      weightDecay: 0.1,
    };
    const buffer = Buffer.from(JSON.stringify({ name: 'mine', model, probes: 'axes' }));
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer });
    await page.getByText('mine: 2 learned modes').waitFor();
    await page.locator('.stage canvas').press('ArrowLeft');
    await page.locator('input[name=learningRate]').fill('0.03');
    await expect.poll(() => page.url()).toMatch(/learningRate=0.03.*camera=/);
    await settle(page);
    const { url, text } = { url: page.url(), text: await page.locator('.summary').textContent() };
    expect(url).toContain('pace=50000');
    expect(url).toContain('tab=runs');
    await beginTour(page);
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { name: '2 of 5' }).waitFor();
    await page.getByLabel('Clock', { exact: true }).selectOption('network');
    await page.locator('.stage canvas').press('ArrowUp');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.summary').textContent()).toBe(text);
    await expect.poll(() => page.url()).toBe(url);
    expect(await page.getByRole('tab', { name: 'Runs' }).getAttribute('aria-selected')).toBe('true');
    expect(complaints).toEqual([]);
    await close();
  });

  it.each([
    [1280, 900],
    [390, 844],
  ])('is inside of the window, at %i x %i', async (width, height) => {
    const { page, close } = await lab.open('#tour=2', { width, height });
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    const { y = NaN, height: tall = NaN } = (await page.locator('.tour .main-button').boundingBox()) ?? {};
    expect(y + tall).toBeLessThanOrEqual(height);
    await close();
  });
});
