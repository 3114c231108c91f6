// What three people come for, each from the page alone and in a stated number of actions. An action is a click, a choice from a list, a
// slider, a field that is filled, or a drop. MEANDER_SCREENSHOTS names a directory for what they see at the end.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeLab } from '../support/lab.js';
import { walkFile, walkTimes } from '../support/recordings.js';

/** Counts what a user does. */
class User {
  actions = 0;
  constructor(readonly page: Page) {}

  async press(role: 'button' | 'link' | 'tab', name: string): Promise<void> {
    this.actions++;
    await this.page.getByRole(role, { name, exact: true }).click();
  }
  async choose(label: string, option: string): Promise<void> {
    this.actions++;
    await this.page.getByLabel(label, { exact: true }).selectOption({ label: option });
  }
  async fill(label: string, text: string): Promise<void> {
    this.actions++;
    await this.page.getByLabel(label, { exact: true }).fill(text);
  }
  async set(number: string, value: string): Promise<void> {
    this.actions++;
    await this.page.locator(`input[name=${number}]`).fill(value);
  }
  async openData(view: string): Promise<void> {
    this.actions++;
    await this.page.locator(`${view} summary`).click();
  }
  async chooseFile(label: string, name: string, bytes: Uint8Array): Promise<void> {
    this.actions++;
    const file = { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) };
    await this.page.getByLabel(label).setInputFiles(file);
  }
  async download(name: string): Promise<string> {
    const [file] = await Promise.all([this.page.waitForEvent('download'), this.press('button', name)]);
    return file.suggestedFilename();
  }
  async see(name: string, view: string): Promise<void> {
    const directory = process.env.MEANDER_SCREENSHOTS;
    if (!directory) return;
    await this.page.locator(view).scrollIntoViewIfNeeded();
    await this.page.screenshot({ path: join(directory, `${name}.png`) });
  }
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** A number as the page writes it: 1.23×10⁻⁸. */
const numberOf = (text: string | null): number =>
  Number(
    text
      ?.replace('×10', 'e')
      .replace('⁻', '-')
      .replace(/[⁰-⁹¹²³]/g, (digit) => String(SUPERSCRIPTS.indexOf(digit))),
  );
const numbersIn = (text: string): number[] => (text.match(/\d*\.?\d+(?:e-?\d+)?/g) ?? []).map(Number);

describeLab('from the page alone', (lab) => {
  it('a lecturer shows that the loss stays while the codes turn, in one action', async () => {
    const { page, close } = await lab.open();
    const user = new User(page);
    await user.press('link', 'Present');
    const readings = page.locator('.readings-now');
    await expect
      .poll(async () => Number((await readings.getAttribute('data-correlation')) ?? NaN), { interval: 100 })
      .toBeLessThan(0.5);
    const [loss, , predicted] = numbersIn((await readings.locator('span').first().textContent()) ?? '');
    expect(Math.abs(loss / predicted - 1)).toBeLessThan(0.03);
    await expect
      .poll(async () => Number(/turned by\s*(\d+)°/.exec((await page.textContent('.bar')) ?? '')?.[1]))
      .toBeGreaterThan(20);
    await user.see('lecture', '.stage');
    expect(user.actions).toBe(1);
    await close();
  });

  it('a student finds that a frequent stimulus drifts more slowly, and that label noise ends it, in three actions', async () => {
    const { page, close } = await lab.open();
    const user = new User(page);
    /** D/|h|^2 of the stimulus in theory, at f = 0 and 0.2. */
    const rates = (): Promise<number[]> =>
      Promise.all(
        ['0.000', '0.200'].map(async (frequency) => {
          const row = page.getByRole('row', { name: frequency });
          return (await row.count()) === 1 ? numberOf(await row.locator('td').first().textContent()) : NaN;
        }),
      );
    await user.choose('Input', 'Stimulus and background');
    await user.openData('#frequency');
    const slowing = async (): Promise<number> => {
      const [never, often] = await rates();
      return often / never;
    };
    await expect.poll(slowing).toBeLessThan(0.7);
    await user.see('student-slower', '#frequency');
    await user.set('labelNoiseVariance', '1');
    await expect.poll(slowing).toBeGreaterThan(1);
    await user.see('student-label-noise', '#frequency');
    expect(user.actions).toBe(3);
    await close();
  });

  it('an experimenter drops a recording and leaves with tables, figures and a methods paragraph, in seven actions', async () => {
    const { page, close } = await lab.open();
    const user = new User(page);
    await user.press('tab', 'Recordings');
    await user.press('button', 'Analyse a recording');
    await user.chooseFile('Files of recordings', 'mouse.npy', walkFile(1));
    await user.fill('Axes of 6 x 6 x 4 x 40', 'session,trial,stimulus,neuron');
    await user.fill('Times of the sessions', walkTimes);
    await user.press('button', 'Analyse');
    await page.getByText('The analysis is done.').waitFor();
    await user.see('experimenter', '.recording figure >> nth=0');
    expect(await user.download('Download all files (ZIP)')).toMatch(/\.zip$/);
    expect(user.actions).toBe(7);
    await close();
  });
});
