// The guided tour.
import { expect, it } from 'vitest';
import { describeLab } from '../support/lab.js';
import { expectAccessible } from './accessibility.js';

describeLab('the tour of the lab', (lab) => {
  it('has five steps, each of which scrolls to its view and opens its experiment', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    await page.getByRole('button', { name: 'Guided tour' }).click();
    for (const [k, view] of ['loss', 'similarity', 'displacement', 'probes', 'frequency'].entries()) {
      await page.getByRole('heading', { name: `${k + 1} of 5` }).waitFor();
      const isVisible = async (): Promise<boolean> => {
        const { y = NaN } = (await page.locator(`#${view}`).boundingBox()) ?? {};
        return y > -50 && y < 900;
      };
      await expect.poll(isVisible).toBe(true);
      if (k === 0) await expectAccessible(page);
      await page.locator('.tour .main-button').click();
    }
    await page.getByRole('button', { name: 'Guided tour' }).waitFor();
    expect(page.url()).toContain('preset=frequency');
    expect(complaints).toEqual([]);
    await close();
  });

  it.each([
    [1280, 900],
    [390, 844],
  ])('never covers the heading of its view, at %i x %i', async (width, height) => {
    const { page, complaints, close } = await lab.open('', { width, height });
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
      // Without scrolling it into view first, which would hide that it is outside of the window.
      await page.locator('.tour .main-button').click({ force: true, noWaitAfter: true });
    }
    expect(await page.locator('.tour').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });
});
