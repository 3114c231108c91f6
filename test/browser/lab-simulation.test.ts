// The controls of the simulation.
import { expect, it } from 'vitest';
import { describeLab, focusedText, pauseLab, waitForSamples } from '../support/lab.js';

describeLab('the simulation in the lab', (lab) => {
  it('makes one more sample at a step, and none at a reset', async () => {
    const { page, close } = await lab.open('', { paused: true });
    const status = page.locator('.status');
    const samples = async (): Promise<number> => Number(await status.getAttribute('data-samples'));
    await page.getByRole('button', { name: 'Start' }).click();
    await waitForSamples(page, 20);
    await pauseLab(page);
    const before = await samples();
    await page.getByRole('button', { name: 'Step' }).click();
    await waitForSamples(page, before + 1);
    await page.locator('.status[data-phase=paused]').waitFor();
    expect(await samples()).toBe(before + 1);
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.locator('.status[data-samples="0"]').waitFor();
    await close();
  });

  it('pauses within a burn-in, continues from there, and resets it', async () => {
    const slow = '#preset=frequency&n=24&learningRate=0.0001&replicas=1024';
    const { page, complaints, close } = await lab.open(slow);
    const status = page.locator('.status');
    const burnedIn = async (): Promise<number> => Number(/(\d+)%/.exec((await status.textContent()) ?? '')?.[1]);
    await expect.poll(burnedIn, { timeout: 60_000 }).toBeGreaterThanOrEqual(2);
    await pauseLab(page);
    expect(await status.textContent()).toMatch(/^burning in, \d+%, paused$/);
    const before = await burnedIn();
    expect(before).toBeLessThan(90);
    await page.getByRole('button', { name: 'Start' }).click();
    await expect.poll(burnedIn, { timeout: 60_000 }).toBeGreaterThan(before);
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(burnedIn).toBeLessThan(before);
    expect(complaints).toEqual([]);
    await close();
  });

  it('goes on at once after a pause of seconds, though the page answers the user first', async () => {
    const { page, close } = await lab.open();
    await waitForSamples(page, 20);
    await pauseLab(page);
    const samples = async (): Promise<number> => Number(await page.locator('.status').getAttribute('data-samples'));
    const before = await samples();
    const PAUSE_MS = 4000;
    await page.waitForTimeout(PAUSE_MS);
    await page.getByRole('button', { name: 'Start' }).click();
    // Workers that rested from the pause as from work would rest for three times as long.
    await expect.poll(samples, { timeout: 2 * PAUSE_MS }).toBeGreaterThan(before + 3);
    await close();
  });

  it('leaves the keyboard focus on the button at pause and step', async () => {
    const { page, close } = await lab.open();
    await waitForSamples(page, 10);
    await page.getByRole('button', { name: 'Pause' }).focus();
    await page.keyboard.press('Space');
    await page.locator('.status[data-phase=paused]').waitFor();
    await expect.poll(() => focusedText(page)).toBe('Start');
    const step = page.getByRole('button', { name: 'Step' });
    await step.focus();
    for (let k = 0; k < 3; k++) {
      const before = Number(await page.locator('.status').getAttribute('data-samples'));
      await page.keyboard.press('Space');
      await waitForSamples(page, before + 1);
      await page.locator('.status[data-phase=paused]').waitFor();
      await expect.poll(() => focusedText(page)).toBe('Step');
    }
    await close();
  });

  it('adds to the curve over f only the frequencies at which it stood while f moves', async () => {
    const { page, close } = await lab.open('#preset=frequency&f=0.1&n=6&replicas=64');
    // From twelve samples on a rate is shown.
    await waitForSamples(page, 15);
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
    await waitForSamples(page, 15);
    await pauseLab(page);
    // One point at the initial frequency and one at the final frequency.
    const points = (): Promise<string | null> => page.locator('#frequency .series-0 .dot').last().getAttribute('d');
    expect((await points())?.match(/M/g)).toHaveLength(2);
    await close();
  });
});
