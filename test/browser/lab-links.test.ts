// The state of the page in its address.
import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { describeLab } from '../support/lab.js';
import { clipboardOf } from './downloads.js';

describeLab('a link to the lab', (lab) => {
  it('restores parameters, selected probe and speed', async () => {
    const first = await lab.open('', { paused: true });
    await first.page.getByLabel('Input', { exact: true }).selectOption('frequency');
    await first.page.locator('input[name=f]').fill('0.35');
    await first.page.locator('input[name=n]').fill('5');
    await first.page.locator('tr[data-probe="4"]').waitFor();
    await first.page.locator('tr[data-probe="2"] input').check();
    await first.page.getByLabel('Time-lapse').fill('9');
    await first.page.getByRole('button', { name: 'Copy link' }).click();
    await first.page.getByText('Copied the link').waitFor();
    // The view follows a little later.
    await expect.poll(() => first.page.url()).toContain('pace=1000000');
    const link = await clipboardOf(first.page);
    expect(link).toBe(first.page.url());
    const theory = (page: Page): Promise<string[]> => page.locator('tbody td:nth-child(2)').allTextContents();
    const expected = await theory(first.page);
    const second = await lab.open(new URL(link).hash, { paused: true });
    await expect.poll(() => theory(second.page)).toEqual(expected);
    expect(await second.page.locator('tr[data-probe="2"] input').isChecked()).toBe(true);
    expect(await second.page.getByLabel('Time-lapse').getAttribute('aria-valuetext')).toBe('1 second is 10⁶ steps');
    expect([...first.complaints, ...second.complaints]).toEqual([]);
    await first.close();
    await second.close();
  });

  it('shows what is nearest, with a note, where it asks for what there is not', async () => {
    const { page, complaints, close } = await lab.open('#preset=frequency&f=0.95&pace=7', { paused: true });
    const note = await page.locator('.message.note').textContent();
    expect(note).toContain('Frequency: found “0.95”, expected a number from 0 to 0.9; 0.9 is shown.');
    expect(note).toContain('The link has pace 7, expected a number from 1e3 to 1e10');
    expect(await page.locator('input[name=f]').inputValue()).toBe('0.9');
    await page.locator('.message.note').getByRole('button', { name: 'Close' }).click();
    expect(await page.locator('.message.note').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('is a step back for every change', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    await page.getByLabel('Input', { exact: true }).selectOption('power-law');
    await page.getByText('power-law: 6 learned modes').waitFor();
    await page.waitForTimeout(900);
    await page.locator('input[name=n]').fill('4');
    await page.getByText('power-law: 4 learned modes').waitFor();
    await page.goBack();
    await page.getByText('power-law: 6 learned modes').waitFor();
    expect(await page.locator('input[name=n]').inputValue()).toBe('6');
    await page.goBack();
    await page.getByText('turning: 3 learned modes').waitFor();
    await page.goForward();
    await page.getByText('power-law: 6 learned modes').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('replaces the experiment when it is opened in the same page', async () => {
    const { page, close } = await lab.open('', { paused: true });
    const go = (hash: string): Promise<void> => page.evaluate(`location.hash = '${hash}'`);
    await go('#preset=frequency&f=0.5&n=6');
    await page.getByText('frequency: 6 learned modes').waitFor();
    expect(await page.locator('input[name=f]').inputValue()).toBe('0.5');
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
    expect(download.suggestedFilename()).toBe('turning-seed1.txt');
    await context.close();
  });
});
