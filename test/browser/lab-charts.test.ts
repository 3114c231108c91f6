// What charts answer, and how they stand on the page.
import { expect, it } from 'vitest';
import { describeLab, pauseLab, waitForSamples } from '../support/lab.js';

describeLab('the charts of the lab', (lab) => {
  it('are read at the pointer, and all show the same step and probe, with the table', async () => {
    const { page, complaints, close } = await lab.open('#preset=power-law');
    await waitForSamples(page, 30);
    await pauseLab(page);
    const chart = page.getByRole('img', { name: 'Self-correlation of each probe over steps' });
    await chart.scrollIntoViewIfNeeded();
    await chart.hover({ position: { x: 100, y: 60 } });
    const readout = page.locator('.readout');
    await readout.waitFor();
    expect(await readout.locator('caption').textContent()).toMatch(/^steps after burn-in: [\d\u202f]+$/);
    const rows = await readout.locator('tbody tr').allInnerTexts();
    expect(rows).toHaveLength(5);
    const number = String.raw`[−\d.,×⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+`;
    const row = new RegExp(`^axis \\d\t${number}\t\\(?${number} ± ${number}\\)?(×10\\S+)?\t[+−]\\d+\\.\\d$`);
    for (const text of rows) expect(text).toMatch(row);
    // The other charts over steps show that step, those of the probes that probe, and the table its row.
    expect(await page.locator('.crosshair').count()).toBe(9);
    const [chosen] = await readout.locator('.chosen').allTextContents();
    const probe = ['axis 1', 'axis 2', 'axis 4', 'axis 5', 'axis 6'].findIndex((name) => chosen.startsWith(name));
    expect(probe).toBeGreaterThanOrEqual(0);
    const styleOf = (selector: string, property: string): Promise<string> =>
      page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).${property}`);
    const ground = (k: number): Promise<string> => styleOf(`tr[data-probe="${k}"] td`, 'backgroundColor');
    expect(await ground(probe)).not.toBe(await ground((probe + 1) % 5));
    const opacity = (k: number): Promise<string> => styleOf(`#probes .line[data-probe="${k}"]`, 'opacity');
    expect([await opacity(probe), await opacity((probe + 1) % 5)]).toEqual(['1', '0.25']);
    await page.locator('h1').hover();
    await expect.poll(() => page.locator('.crosshair').count()).toBe(0);
    await page.locator('tr[data-probe="2"]').hover();
    await expect.poll(() => page.locator('#probes .crosshair').count()).toBe(4);
    expect(complaints).toEqual([]);
    await close();
  });

  it('are read by keys', async () => {
    const { page, complaints, close } = await lab.open('#preset=power-law', { paused: true });
    const probes = page.getByRole('application', { name: 'fluctuation F (activation²) of each probe' });
    const readout = page.locator('.readout');
    const rowText = (): Promise<string> => readout.locator('tbody').innerText();
    // From the last link before it.
    await page.locator('#probes .sentence a').focus();
    await page.keyboard.press('Tab');
    await expect.poll(rowText).toMatch(/^axis 1\t/);
    expect(await probes.locator('.readout').count()).toBe(1);
    const press = async (key: string, expected: RegExp): Promise<void> => {
      await page.keyboard.press(key);
      await expect.poll(rowText).toMatch(expected);
    };
    await press('ArrowRight', /^axis 2\t/);
    await press('End', /^axis 6\t/);
    await press('ArrowRight', /^axis 6\t/);
    await press('ArrowLeft', /^axis 5\t/);
    await press('Home', /^axis 1\t/);
    await page.keyboard.press('Escape');
    await expect.poll(() => readout.count()).toBe(0);
    // Over steps there are several series at one place.
    await page.getByRole('application', { name: /^Self-correlation of each probe/ }).focus();
    await page.keyboard.press('End');
    await expect.poll(() => readout.locator('.chosen').innerText()).toMatch(/^axis 1\t/);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => readout.locator('.chosen').innerText()).toMatch(/^axis 2\t/);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => readout.locator('.chosen').innerText()).toMatch(/^axis 6\t/);
    await page.keyboard.press('Tab');
    await expect.poll(() => page.locator('.crosshair').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('keep the theory that is pinned as faint lines while parameters change', async () => {
    const { page, complaints, close } = await lab.open('#preset=isotropic', { paused: true });
    const lines = page.locator('#loss g[clip-path] > path.line:not(.pinned)');
    const pinned = page.locator('#loss path.line.pinned.series-ink');
    const heightOf = async (locator: typeof lines): Promise<number> =>
      Number(/,([\d.]+)/.exec((await locator.getAttribute('d')) ?? '')?.[1]);
    await page.getByRole('button', { name: 'Pin', exact: true }).click();
    expect(await heightOf(pinned)).toBe(await heightOf(lines));
    await page.evaluate("location.hash = '#preset=isotropic&labelNoiseVariance=0.9'");
    await page.getByText('Faint lines: labelNoiseVariance 0.3, now 0.9').waitFor();
    // Theory now is higher on the page than what was pinned.
    await expect.poll(async () => (await heightOf(pinned)) - (await heightOf(lines))).toBeGreaterThan(10);
    for (const view of ['probes', 'displacement', 'similarity'])
      expect(await page.locator(`#${view} path.line.pinned`).count()).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Unpin' }).click();
    await expect.poll(() => page.locator('path.line.pinned').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('have the colours of what they show: those of the displacement are of its probe, and the loss is of none', async () => {
    const { page, complaints, close } = await lab.open('#preset=power-law', { paused: true });
    const colours = (selector: string): Promise<string[]> =>
      page.evaluate(`Array.from(document.querySelectorAll('${selector}'), (line) => getComputedStyle(line).stroke)`);
    const probes = await colours('#similarity path.line[data-probe]');
    expect(new Set(probes).size).toBe(5);
    for (const probe of [0, 4]) {
      await page.locator(`tr[data-probe="${probe}"] input`).check();
      await expect
        .poll(() => colours('#displacement g[clip-path] > path.line'))
        .toEqual([probes[probe], probes[probe]]);
    }
    const [loss] = await colours('#loss g[clip-path] > path.line');
    expect(probes).not.toContain(loss);
    expect(complaints).toEqual([]);
    await close();
  });

  it('mark a point beyond their axes by an arrow at the edge, and read its value', async () => {
    const { page, complaints, close } = await lab.open('#preset=frequency&f=0.9');
    await waitForSamples(page, 12);
    await pauseLab(page);
    const chart = page.getByRole('application', { name: 'fluctuation F (activation²) of each probe' });
    await expect.poll(() => chart.locator('path.beyond').count()).toBe(1);
    const [arrow, frame] = await Promise.all([chart.locator('path.beyond').boundingBox(), chart.boundingBox()]);
    // At the upper edge, below the label of the axis.
    expect((arrow?.y ?? NaN) - (frame?.y ?? NaN)).toBeGreaterThan(10);
    expect((arrow?.y ?? NaN) - (frame?.y ?? NaN)).toBeLessThan(40);
    await page.locator('tr[data-probe="0"]').hover();
    await chart.hover({ position: { x: 80, y: 100 } });
    const cells = await page.locator('tr[data-probe="0"] td').allTextContents();
    await expect.poll(() => page.locator('.readout').textContent()).toContain(cells[1]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('name their lines at the ends, and in the legend where these are not apart', async () => {
    const { page, complaints, close } = await lab.open('#preset=frequency', { paused: true });
    const names = (view: string): Promise<string[]> => page.locator(`#${view} .leader ~ text`).allTextContents();
    await expect.poll(() => names('frequency')).toEqual(['stimulus', 'axis 3', 'axis 6', 'axis 8', 'axis 10']);
    expect(await names('displacement')).toEqual(['raw', 'projected']);
    await page.evaluate("location.hash = '#preset=power-law'");
    await page.getByText('power-law: ').waitFor();
    expect(await names('similarity')).toEqual([]);
    expect(
      await page
        .locator('#similarity svg text')
        .filter({ hasText: /^axis \d$/ })
        .count(),
    ).toBe(5);
    expect(complaints).toEqual([]);
    await close();
  });

  it('keep their places while theory and values come', async () => {
    const { page, complaints, close } = await lab.open('#preset=frequency&n=6&replicas=64', {
      width: 700,
      height: 6000,
    });
    // From the start of the page on.
    await page.evaluate(`void (() => {
      globalThis.shifts = [];
      new PerformanceObserver((list) => {
        for (const { sources } of list.getEntries())
          for (const { node, previousRect, currentRect } of sources)
            if (node?.closest?.('.views'))
              shifts.push(node.closest('.view')?.id + ' ' + node.className + ': ' + [currentRect.left - previousRect.left, currentRect.top - previousRect.top]);
      }).observe({ type: 'layout-shift', buffered: true });
    })()`);
    await waitForSamples(page, 40);
    await pauseLab(page);
    expect(await page.evaluate('shifts')).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });
});
