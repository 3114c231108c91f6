// Takes the screenshot of the lab for README.md and docs/lab.md: npm run docs:screenshot (after npm run build)
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { chromiumFile } from '../../test/support/system-packages.js';

/** Pixels. */
const WINDOW = { width: 1280, height: 900 };
/** Rates at which the codes turn visibly within the samples below. */
const SETTINGS = '';
/** Samples of every replica to wait for. */
const SAMPLES = 3000;
const POLL_MS = 500;

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const server = spawn(process.execPath, [at('dist/cli/main.js'), 'serve', '--port', '0'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [line] = (await once(server.stdout, 'data')) as [Buffer];
const url = /http:\S+/.exec(line.toString())?.[0];
if (!url) throw new Error(`meander serve printed no address: ${line.toString()}`);
const browser = await chromium.launch({
  executablePath: chromiumFile,
  chromiumSandbox: false,
  args: ['--disable-gpu'],
});
try {
  const page = await browser.newPage({ viewport: WINDOW, colorScheme: 'light' });
  await page.goto(url + SETTINGS);
  const status = page.locator('.status');
  while (Number(await status.getAttribute('data-samples')) < SAMPLES) await page.waitForTimeout(POLL_MS);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.locator('.status[data-phase=paused]').waitFor();
  await page.evaluate('scrollTo(0, 0)');
  await page.screenshot({ path: at('docs/figures/lab.png') });
} finally {
  await browser.close();
  server.kill('SIGINT');
}
