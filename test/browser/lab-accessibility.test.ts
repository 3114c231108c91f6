// What people with other screens, or with a screen reader, need.
import { expect, it } from 'vitest';
import { describeLab, waitForSamples } from '../support/lab.js';
import { expectAccessible } from './accessibility.js';

describeLab('the page of the lab', (lab) => {
  it.each([
    '',
    '#tour=3',
    '#tab=recordings',
    '#preset=power-law',
    '#preset=frequency',
    '#preset=dictionary',
    '#preset=digits',
  ])('has no accessibility violations in either colour scheme (%s)', async (hash) => {
    const { page, complaints, close } = await lab.open(hash);
    await waitForSamples(page, 5);
    for (const data of await page.locator('.data summary').all()) await data.click();
    if (!hash.includes('tab')) await page.locator('#similarity .data td').first().waitFor();
    await expectAccessible(page);
    expect(complaints).toEqual([]);
    await close();
  });

  it.each([360, 390, 1280, 2560, 3840])('is no wider than a window of %i px', async (width) => {
    const { page, close } = await lab.open('#preset=frequency', { width, paused: true });
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await close();
  });
});
