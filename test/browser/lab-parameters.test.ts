// Sliders and fields.
import { expect, it } from 'vitest';
import { alertTexts, describeLab } from '../support/lab.js';

describeLab('the parameters of the lab', (lab) => {
  it.each(['#preset=power-law', '#preset=frequency'])(
    'have sliders that move at every arrow key (%s)',
    async (hash) => {
      const { page, complaints, close } = await lab.open(hash, { paused: true });
      for (const slider of await page.getByRole('slider').all()) {
        const value = (): Promise<string | null> => slider.getAttribute('aria-valuetext');
        for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowLeft', 'ArrowRight']) {
          // At its end a slider cannot move further.
          const end = await slider.getAttribute(key === 'ArrowRight' ? 'max' : 'min');
          if ((await slider.inputValue()) === end) continue;
          const before = await value();
          await slider.press(key);
          await expect.poll(value).not.toBe(before);
        }
      }
      await page.locator('main[aria-busy=false]').waitFor();
      expect(await alertTexts(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
    },
  );

  it('get as many hidden units as a larger input has dimensions, so that it has a prediction', async () => {
    const { page, close } = await lab.open('', { paused: true });
    await page.getByLabel('Input size, slider').press('ArrowRight');
    await page.getByText('turning: 4 learned modes').waitFor();
    expect(await page.locator('input[name=hiddenUnits]').inputValue()).toBe('4');
    // And no more of them than it needs.
    await page.getByLabel('Input size, slider').press('ArrowLeft');
    await page.getByText('turning: 3 learned modes').waitFor();
    expect(await page.locator('input[name=hiddenUnits]').inputValue()).toBe('3');
    // A bottleneck among equal modes has no prediction: the message names the parameter, not a line of the file.
    await page.locator('input[name=hiddenUnits]').fill('2');
    await expect.poll(() => alertTexts(page)).toEqual([expect.stringMatching(/^Hidden units: 2 hidden units cut/)]);
    await close();
  });

  it('stay beside the views that they change, and can all be reached there', async () => {
    const { page, close } = await lab.open('', { paused: true });
    const panel = page.getByRole('complementary', { name: 'Parameters' });
    const [bar, views] = [page.getByRole('region', { name: 'Clock and messages' }), page.locator('.view')];
    await views.last().scrollIntoViewIfNeeded();
    await page.mouse.wheel(0, 300);
    const [top, own] = [await bar.boundingBox(), await panel.boundingBox()];
    expect(own?.y).toBeGreaterThanOrEqual((top?.y ?? 0) + (top?.height ?? 0));
    expect((own?.y ?? 0) + (own?.height ?? 0)).toBeLessThanOrEqual(page.viewportSize()?.height ?? 0);
    const last = panel.getByRole('button', { name: 'Download NPZ' });
    await last.scrollIntoViewIfNeeded();
    const button = await last.boundingBox();
    expect(button?.y).toBeGreaterThan(own?.y ?? Infinity);
    expect((button?.y ?? Infinity) + (button?.height ?? 0)).toBeLessThanOrEqual((own?.y ?? 0) + (own?.height ?? 0));
    await close();
  });

  it('are named in messages as they are in the page, and one mode is one mode', async () => {
    const { page, complaints, close } = await lab.open('#preset=power-law&hiddenUnits=1', { paused: true });
    await page.getByText('power-law: 1 learned mode, relaxation').waitFor();
    await page.locator('input[name=labelNoiseVariance]').fill('2');
    await page.locator('input[name=learningRate]').fill('0.1');
    const named = /^The learning rate 0\.1 is .*; give a learning rate below 0\.\d+/;
    await expect.poll(() => alertTexts(page)).toEqual([expect.stringMatching(named)]);
    expect(complaints).toEqual([]);
    await close();
  });
});
