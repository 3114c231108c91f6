// Colour schemes, and paper.
import { expect, it } from 'vitest';
import { describeLab } from '../support/lab.js';

describeLab('the appearance of the lab', (lab) => {
  it('is what data-theme of the root says, whatever the system has, also where pixels are drawn', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    const model = {
      hiddenUnits: 2,
      input: [{ kind: 'gaussian', covariance: [1, 0.9] }],
      learningRate: 0.02,
      weightDecay: 0.1,
    };
    const probes = Array.from({ length: 12 }, (_, k) => [Math.cos(k), Math.sin(k)]);
    const buffer = Buffer.from(JSON.stringify({ model, probes }));
    await page.locator('input[type=file]').setInputFiles({ name: 'many.json', mimeType: 'application/json', buffer });
    const ground = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const image = (): Promise<string | null> => page.locator('#similarity image').first().getAttribute('href');
    const choose = (theme: string | null): Promise<void> =>
      page.evaluate(
        theme === null
          ? 'void delete document.documentElement.dataset.theme'
          : `void (document.documentElement.dataset.theme = '${theme}')`,
      );
    const [light, dark] = ['rgb(251, 250, 248)', 'rgb(20, 22, 26)'];
    const seen = new Map<string, string | null>();
    for (const system of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: system });
      for (const theme of ['light', 'dark', null]) {
        const shown = theme ?? system;
        await choose(theme);
        expect(await ground()).toBe(shown === 'light' ? light : dark);
        await expect.poll(image).toMatch(/^data:image/);
        if (!seen.has(shown)) {
          if (seen.size > 0) await expect.poll(image).not.toBe([...seen.values()][0]);
          seen.set(shown, await image());
        }
        await expect.poll(image).toBe(seen.get(shown));
      }
    }
    expect(complaints).toEqual([]);
    await close();
  });

  it('on paper is light, has no controls, and has every picture before the words about it', async () => {
    const { page, complaints, close } = await lab.open('#preset=frequency', { paused: true, width: 800 });
    await page.evaluate("void (document.documentElement.dataset.theme = 'dark')");
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await page.evaluate("getComputedStyle(document.querySelector('.sentence')).color")).toBe('rgb(85, 89, 95)');
    const found = await page.evaluate<{ controls: string[]; late: string[]; first: number; wide: number }>(`(() => {
      const isShown = (element) => element.getClientRects().length > 0;
      const controls = Array.from(document.querySelectorAll('button, select, input, summary'))
        .filter(isShown)
        .map(({ outerHTML }) => outerHTML);
      const top = (element) => element.getBoundingClientRect().top;
      const late = Array.from(document.querySelectorAll('.view'))
        .filter((view) => view.querySelector('.chart svg') && top(view.querySelector('.chart svg')) > top(view.querySelector('.sentence')))
        .map(({ id }) => id);
      return { controls, late, first: top(document.querySelector('.chart svg')), wide: document.documentElement.scrollWidth - innerWidth };
    })()`);
    expect(found.controls).toEqual([]);
    expect(found.late).toEqual([]);
    expect(found.first).toBeLessThan(300);
    expect(found.wide).toBeLessThanOrEqual(0);
    expect((await page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(10_000);
    expect(complaints).toEqual([]);
    await close();
  });
});
