import type { Browser, Locator } from 'playwright-core';
import { openLab, serveLab, type OpenedLab } from '../support/lab.js';

interface OpenedRuns extends OpenedLab {
  /** The button of a run in the list. */
  readonly listed: (name: string) => Locator;
  /** The run that is opened. */
  readonly run: Locator;
}

/** Opens the lab of a server that was given a directory. */
export async function openRuns(browser: Browser, directory: string, width = 1280): Promise<OpenedRuns> {
  const served = await serveLab([directory]);
  const { page, complaints, close } = await openLab(browser, served.url, '', { paused: true, width });
  await page.getByRole('tab', { name: 'Runs' }).click();
  return {
    page,
    complaints,
    listed: (name) => page.locator('.runs').getByRole('button', { name, exact: true }),
    run: page.locator('main .run'),
    async close() {
      await close();
      await served.close();
    },
  };
}
