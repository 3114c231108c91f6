// No text of the lab is clipped, out of the window, or covered by another, at any width.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeLab, pauseLab, waitForSamples } from '../support/lab.js';
import { walkFile, walkTimes } from '../support/recordings.js';
import { frames, misplaced, WIDTHS } from './text.js';

async function expectReadable(page: Page, what = ''): Promise<void> {
  // Also what is folded.
  await page.evaluate("document.querySelectorAll('details').forEach((details) => void (details.open = true))");
  const found: Record<string, string[]> = {};
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await frames(page);
    const texts = await misplaced(page);
    if (texts.length > 0) found[`${what} ${width}`] = texts;
  }
  expect(found).toEqual({});
}

describeLab('the text of the lab', (lab) => {
  it.each(['#preset=frequency', '#preset=dictionary', '#preset=digits'])(
    'can be read at any width, in either colour scheme (%s)',
    async (hash) => {
      const { page, complaints, close } = await lab.open(hash, { width: 360 });
      await waitForSamples(page, 12);
      await page.getByRole('button', { name: 'Pin', exact: true }).click();
      await pauseLab(page);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await expectReadable(page, colorScheme);
      }
      expect(complaints).toEqual([]);
      await close();
    },
  );

  it('can be read in every step of the tour, while it simulates', async () => {
    const { page, complaints, close } = await lab.open('#tour=1');
    for (let step = 1; step <= 5; step++) {
      await page.getByRole('heading', { name: `${step} of 5` }).waitFor();
      await page.locator('.question input').first().check();
      await expectReadable(page, `step ${step}`);
      await page.locator('.tour .main-button').click();
    }
    expect(complaints).toEqual([]);
    await close();
  });

  it('can be read in a talk, and where a recording is analysed and runs are chosen', async () => {
    const { page, complaints, close } = await lab.open('#tab=runs', { paused: true });
    await expectReadable(page, 'runs');
    await page.getByRole('tab', { name: 'Recordings' }).click();
    await page.getByRole('button', { name: 'Analyse a recording' }).click();
    const buffer = Buffer.from(walkFile(1));
    const file = {
      name: 'a-mouse-with-a-rather-long-name-of-its-own.npy',
      mimeType: 'application/octet-stream',
      buffer,
    };
    await page.getByLabel('Files of recordings').setInputFiles(file);
    await page.getByLabel('Axes of 6 x 6 x 4 x 40').fill('session,trial,stimulus,neuron');
    await page.getByLabel('Times of the sessions').fill(walkTimes);
    await page.getByRole('button', { name: 'Analyse', exact: true }).click();
    await page.getByText('The analysis is done.').waitFor();
    await expectReadable(page, 'recording');
    await page.goto(`${lab.url}?present`);
    await page.locator('.readings-now span').first().waitFor();
    await expectReadable(page, 'talk');
    expect(complaints.filter((text) => !text.startsWith('failed: '))).toEqual([]);
    await close();
  });
});
