// The guided tour.
import { expect, it } from 'vitest';
import { describeLab, focusedText, waitForSamples } from '../support/lab.js';
import { expectAccessible } from './accessibility.js';

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

  it.each([
    [1280, 900],
    [390, 844],
  ])('is inside of the window, at %i x %i', async (width, height) => {
    const { page, close } = await lab.open('#tour=2', { width, height });
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await close();
  });
});
