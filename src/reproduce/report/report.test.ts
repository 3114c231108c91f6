import { describe, expect, it } from 'vitest';
import type { Check } from '#compare';
import { reportPage } from './page.js';
import { closestToFailing, reproductionReport, type ClaimReport } from './report.js';

const check = (quantity: string, z: number, passed = true, rule = '|z| ≤ 4'): Check => ({
  quantity,
  predicted: 1,
  measured: 1 + 0.01 * z,
  error: 0.01,
  z,
  rule,
  passed,
});

const claim: ClaimReport = {
  id: '3a',
  title: 'A < B & "C"',
  statement: 'One sentence.',
  source: 'a source',
  preset: 'p.yaml',
  passed: true,
  replicas: 64,
  steps: 1e9,
  checks: [check('D', -3), check('F', 1)],
  figures: [{ name: 'f', title: 'Title', caption: 'Caption.' }],
};
const setting = { mode: 'quick', seed: 1, version: '1.2.3', commit: 'abc' } as const;
const drawings = new Map([['f', { wide: '<svg id="wide"></svg>', narrow: '<svg id="narrow"></svg>' }]]);

describe('the report', () => {
  it('passes if every claim does, and all of them together', () => {
    expect(reproductionReport(setting, [claim]).passed).toBe(true);
    expect(reproductionReport(setting, [claim, { ...claim, passed: false }]).passed).toBe(false);
    expect(reproductionReport(setting, [claim], [check('D', 5, false)]).passed).toBe(false);
  });

  it('has for each claim a failed quantity, or else the one that is closest to its bound', () => {
    expect(closestToFailing([check('a', 1), check('b', -3), check('c', 2)]).quantity).toBe('b');
    expect(closestToFailing([check('a', 3.9), check('b', 0, false), check('c', 2)]).quantity).toBe('b');
    // Each relative to its own bound: 1 of 4, and 4 of 5.
    expect(closestToFailing([check('a', 1), check('b', 5, true, 'sign, |z| ≥ 4')]).quantity).toBe('b');
    expect(
      closestToFailing([check('a', 30, true, 'sign, |z| ≥ 4'), check('b', -5, true, 'sign, |z| ≥ 4')]).quantity,
    ).toBe('b');
  });

  it('is an HTML page with the verdict of each claim, then its pictures, then tables, and escaped texts', () => {
    const together = [check('D of 9 limits together', 1)];
    const page = reportPage(reproductionReport(setting, [claim], together), drawings);
    expect(page).toContain('1 of 1');
    expect(page).toContain('3 of 3 quantities');
    expect(page).toContain('3a A &lt; B &amp; &quot;C&quot;');
    expect(page).toContain('<svg id="wide">');
    expect(page).toContain('<svg id="narrow">');
    const order = ['✓ pass', '<h2>3a', '<svg id="wide">', '<table', '<h2>Verdicts</h2>', 'D of 9 limits'].map((part) =>
      page.indexOf(part),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
    // Prediction, measurement and error to the second digit of the error.
    expect(page).toMatch(
      /predicted" class="number">1.000<.*measured" class="number">0.970<.*error" class="number">0.010</,
    );
    expect(page).toContain('Meander 1.2.3, commit abc, quick, seed 1');
    expect(page).toContain('|z| ≤ 4');
    // Every row has a cell for each column.
    for (const [, heads, body] of page.matchAll(
      /<thead[^>]*><tr[^>]*>(.*?)<\/tr><\/thead>\n<tbody[^>]*>(.*?)<\/tbody>/gs,
    )) {
      const count = heads.match(/<th/g)?.length;
      for (const [row] of body.matchAll(/<tr.*?<\/tr>/gs)) expect(row.match(/<t[hd]/g)).toHaveLength(count ?? NaN);
    }
  });

  it('links the files of every figure, and the tables of every claim', () => {
    const page = reportPage(reproductionReport(setting, [claim]), drawings);
    const links = [...page.matchAll(/href="([^#"][^"]*)"/g)].map(([, link]) => link);
    expect(links).toEqual([
      ...['svg', 'png', 'pdf'].map((format) => `figures/f.${format}`),
      'tables/p.csv',
      'tables/p-courses.csv',
    ]);
  });
});
