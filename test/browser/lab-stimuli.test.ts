// Pictures and names of stimuli.
import { expect, it } from 'vitest';
import { describeLab } from '../support/lab.js';

const digits = Array.from({ length: 10 }, (_, k) => `${k}`);
const named = digits.map((digit) => `digit ${digit}`);

describeLab('the stimuli of the lab', (lab) => {
  it('that are digits are pictures named 0 to 9 in the table, on the axes and in headings', async () => {
    const { page, complaints, close } = await lab.open('#preset=digits', { paused: true });
    await page.locator('tr[data-probe="9"] .stimulus-icon').waitFor();
    expect(await page.locator('#probes tbody .probe-name').allTextContents()).toEqual(named);
    const chart = page.locator('#probes svg[role=img]').first();
    expect(await chart.locator('.stimulus').count()).toBe(10);
    expect(await chart.locator('.tick[text-anchor=middle]').allTextContents()).toEqual(digits);
    expect(await chart.locator('.label').first().textContent()).toBe('digit');
    await page.getByRole('heading', { name: 'Mean squared displacement of digit 0' }).locator('.stimulus').waitFor();
    // One probe has one colour, in table and axis.
    const colour = '(element) => getComputedStyle(element).fill';
    const places = [page.locator('tr[data-probe="3"]'), chart].map((place, k) =>
      place
        .locator('.stimulus')
        .nth(k === 0 ? 0 : 3)
        .locator('path')
        .first()
        .evaluate(colour),
    );
    expect(new Set(await Promise.all(places)).size).toBe(1);
    expect(await page.locator('*').count()).toBeLessThan(2000);
    expect(complaints).toEqual([]);
    await close();
  });

  it('that are axes of a Gaussian are bars, named after their axis', async () => {
    const { page, complaints, close } = await lab.open('#preset=power-law', { paused: true });
    const names = page.locator('#probes tbody .probe-name');
    await expect.poll(() => names.allTextContents()).toEqual(['axis 1', 'axis 2', 'axis 4', 'axis 5', 'axis 6']);
    expect(await page.locator('#probes tbody .stimulus').count()).toBe(5);
    await page.locator('tr[data-probe="2"] input').check();
    await page.getByRole('heading', { name: 'Mean squared displacement of axis 4' }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });
});
