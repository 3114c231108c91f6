// The state of the page in its address.
import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { alertTexts, describeLab } from '../support/lab.js';
import { clipboardOf } from './downloads.js';

describeLab('a link to the lab', (lab) => {
  it('restores parameters, selected probe and speed', async () => {
    const first = await lab.open('', { paused: true });
    await first.page.getByLabel('Input', { exact: true }).selectOption('frequency');
    await first.page.locator('input[name=f]').fill('0.35');
    await first.page.locator('input[name=n]').fill('5');
    await first.page.locator('tr[data-probe="4"]').waitFor();
    await first.page.locator('tr[data-probe="2"] input').check();
    await first.page.getByLabel('Speed').selectOption('5');
    await first.page.getByRole('button', { name: 'Copy link' }).click();
    await first.page.getByText('Copied the link').waitFor();
    const link = await clipboardOf(first.page);
    expect(link).toBe(first.page.url());
    const theory = (page: Page): Promise<string[]> => page.locator('tbody td:nth-child(2)').allTextContents();
    const expected = await theory(first.page);
    const second = await lab.open(new URL(link).hash, { paused: true });
    await expect.poll(() => theory(second.page)).toEqual(expected);
    expect(await second.page.locator('tr[data-probe="2"] input').isChecked()).toBe(true);
    expect(await second.page.getByLabel('Speed').inputValue()).toBe('5');
    expect([...first.complaints, ...second.complaints]).toEqual([]);
    await first.close();
    await second.close();
  });

  it.each([
    ['#pace=7', 'the link has pace 7, expected Infinity, 30, 5, 1'],
    ['#preset=frequency&f=often', 'Frequency: found “often”, expected a number from 0 to 0.9'],
  ])('is rejected with a message when it has %s, and the default experiment is shown', async (hash, message) => {
    const { page, complaints, close } = await lab.open(hash, { paused: true });
    expect(await page.getByRole('alert').textContent()).toContain(message);
    expect(await page.locator('tbody tr').count()).toBe(3);
    expect(complaints).toEqual([]);
    await close();
  });

  it('replaces the experiment when it is opened in the same page, unless it is invalid', async () => {
    const { page, close } = await lab.open('', { paused: true });
    const go = (hash: string): Promise<void> => page.evaluate(`location.hash = '${hash}'`);
    await go('#preset=frequency&f=0.5&n=6');
    await page.getByText('frequency: 6 learned modes').waitFor();
    expect(await page.locator('input[name=f]').inputValue()).toBe('0.5');
    await go('#preset=spiral');
    await expect.poll(() => alertTexts(page)).toEqual([expect.stringContaining('the link has preset spiral')]);
    await close();
  });

  it('is downloaded where the browser does not allow copying', async () => {
    const context = await lab.browser.newContext();
    await context.addInitScript(`Object.defineProperty(navigator, 'clipboard', { value: undefined })`);
    const page = await context.newPage();
    await page.goto(lab.url);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Copy link' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('isotropic-seed1.txt');
    await context.close();
  });
});
