// The view in three dimensions.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeLab, pauseLab, waitForSamples } from '../support/lab.js';

describeLab('the 3D view of the lab', (lab) => {
  it('rotates at an arrow key', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    await page.getByRole('button', { name: 'Start' }).click();
    await waitForSamples(page, 20);
    await pauseLab(page);
    await page.getByRole('button', { name: 'Show in 3D' }).click();
    const canvas = page.locator('canvas[aria-busy=false]');
    await canvas.focus();
    const picture = async (): Promise<string> =>
      createHash('sha256')
        .update(await canvas.screenshot())
        .digest('hex');
    const unchanged = async (): Promise<boolean> => (await picture()) === (await picture());
    await expect.poll(unchanged).toBe(true);
    const before = await picture();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(picture).not.toBe(before);
    expect(complaints).toEqual([]);
    await close();
  });

  it('is saved with two pixels per pixel of the page on an opaque background, once it is open', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    const save = page.getByRole('button', { name: 'in 3D: download as PNG' });
    expect(await save.isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'against frequency: download as SVG' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Show in 3D' }).click();
    await page.locator('canvas[aria-busy=false]').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
    const base64 = readFileSync(await download.path()).toString('base64');
    const picture = await page.evaluate<{ width: number; clear: number }>(`(async () => {
      const image = new Image();
      image.src = 'data:image/png;base64,${base64}';
      await image.decode();
      const { width, height } = image;
      const context = new OffscreenCanvas(width, height).getContext('2d');
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, width, height);
      return { width, clear: data.filter((value, k) => k % 4 === 3 && value < 255).length };
    })()`);
    const { width = NaN } = (await page.locator('#space canvas').boundingBox()) ?? {};
    expect(picture.width).toBeGreaterThanOrEqual(2 * Math.floor(width));
    expect(picture.clear).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('zooms with the wheel when it has the focus; otherwise the page scrolls', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    await page.getByRole('button', { name: 'Show in 3D' }).click();
    const canvas = page.locator('canvas[aria-busy=false]');
    await canvas.hover();
    const scrolled = (): Promise<number> => page.evaluate('scrollY');
    const before = await scrolled();
    await page.mouse.wheel(0, 60);
    await expect.poll(scrolled).toBe(before + 60);
    await canvas.focus();
    const picture = (): Promise<string> => page.evaluate("document.querySelector('canvas').toDataURL()");
    const far = await picture();
    await page.mouse.wheel(0, 60);
    await expect.poll(picture).not.toBe(far);
    expect(await scrolled()).toBe(before + 60);
    expect(complaints).toEqual([]);
    await close();
  });

  it('shows the sphere of the selected probe where there are too many spheres', async () => {
    const { page, complaints, close } = await lab.open('#preset=digits', { paused: true });
    await page.getByRole('button', { name: 'Show in 3D' }).click();
    await page.getByText('Grid: the manifold in theory, for digit 0.').waitFor();
    await page.locator('tr[data-probe="3"] input').check();
    await page.getByText('Grid: the manifold in theory, for digit 3.').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });
});
