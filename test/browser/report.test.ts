import { existsSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_Z, type Check } from '#compare';
import { analysisPage, reportFigures } from '#report';
import { reportPage, reproductionReport, type ClaimReport } from '#reproduce';
import { analysisReport } from '../support/analysis-report.js';
import { svgOf } from '../support/figures.js';
import { openBrowser } from '../support/site.js';
import { chromiumFile } from '../support/system-packages.js';

const check = (quantity: string, passed: boolean): Check => ({
  quantity,
  predicted: 1.2345e-9,
  measured: 1.2351e-9,
  error: 4.1e-12,
  z: 0.4,
  rule: `|z| ≤ ${MAX_Z}, within 0.05`,
  passed,
});

const claim = (id: string, passed: boolean): ClaimReport => ({
  id,
  title: 'The more frequent stimulus drifts more slowly',
  statement: 'One sentence.',
  source: 'a source',
  preset: 'frequency.yaml',
  passed,
  replicas: 64,
  steps: 1e9,
  checks: [check('diffusion of probe 20 at learning rate 0.0025, simulation / theory at eta -> 0', passed)],
  figures: [{ name: 'single', title: 'Title', caption: 'Caption.' }],
});

const page = reportPage(
  reproductionReport({ mode: 'quick', seed: 1, version: '1.2.3', commit: 'abc' }, [
    claim('3a', true),
    claim('4', false),
  ]),
  new Map([['single', { wide: svgOf('single-720'), narrow: svgOf('single-340') }]]),
);

/** Evaluated in the page: what of the cells of a column is cut, covered or outside the window, by the text of their cells. */
const hidden = `(column) => [...document.querySelectorAll('td[data-label="' + column + '"]')].flatMap((cell) => {
  cell.scrollIntoView({ block: 'center' });
  const range = document.createRange();
  range.selectNodeContents(cell);
  const cut = [...range.getClientRects()].some(({ left, right, top, bottom }) => {
    const corners = [[left + 1, (top + bottom) / 2], [right - 1, (top + bottom) / 2]];
    return left < 0 || right > innerWidth || corners.some(([x, y]) => !cell.contains(document.elementFromPoint(x, y)));
  });
  return cut ? [cell.textContent] : [];
})`;

describe.skipIf(!existsSync(chromiumFile))('the report of a reproduction in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  const opened = async (width: number): Promise<Page> => {
    const one = await browser.newPage({ viewport: { width, height: 800 } });
    await one.setContent(page);
    await one.evaluate(`document.querySelectorAll('details').forEach((details) => { details.open = true; })`);
    return one;
  };

  it.each([1280, 1024, 768, 390])('shows every column of its tables in full at %d px', async (width) => {
    const one = await opened(width);
    for (const column of ['quantity', 'predicted', 'measured', 'error', 'z', 'rule', 'verdict']) {
      expect(await one.evaluate(`(${hidden})(${JSON.stringify(column)})`), column).toEqual([]);
    }
    // 2 claims, and the quantity of each.
    expect(await one.evaluate(`document.querySelectorAll('td[data-label="rule"]').length`)).toBe(4);
    expect(await one.evaluate(`document.documentElement.scrollWidth`)).toBeLessThanOrEqual(width);
    await one.close();
  });

  it('has the pictures of a claim above its table', async () => {
    const one = await opened(1280);
    const tops = await one.evaluate<number[]>(
      `['.wide svg', 'table', '#verdicts table'].map((selector) => document.querySelector(selector).getBoundingClientRect().top)`,
    );
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
    await one.close();
  });
});

describe.skipIf(!existsSync(chromiumFile))('the report of an analysis in a browser', () => {
  it.each([1280, 390])('shows every cell of its tables in full at %d px', async (width) => {
    const report = analysisReport('mouse 1');
    const figures = reportFigures(report);
    const drawing = { wide: svgOf('codes-720'), narrow: svgOf('codes-340') };
    const browser = await openBrowser();
    try {
      const one = await browser.newPage({ viewport: { width, height: 800 } });
      await one.setContent(
        analysisPage({
          report,
          origin: { version: '1.2.3', commit: null, zeroIsMissing: false },
          inputs: [],
          figures,
          drawings: new Map(figures.map(({ name }) => [name, drawing])),
        }),
      );
      await one.evaluate(`document.querySelectorAll('details').forEach((details) => { details.open = true; })`);
      for (const column of ['value', '95% interval', 'unit', 'ceiling', 'verdict', 'what came out', '2F (activity²)']) {
        expect(await one.evaluate(`(${hidden})(${JSON.stringify(column)})`), column).toEqual([]);
      }
      expect(await one.evaluate(`document.querySelectorAll('td[data-label="2F (activity²)"]').length`)).toBe(3);
      expect(await one.evaluate(`document.documentElement.scrollWidth`)).toBeLessThanOrEqual(width);
    } finally {
      await browser.close();
    }
  });
});
