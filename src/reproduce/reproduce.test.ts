import { describe, expect, it } from 'vitest';
import type { Check } from '#compare';
import { relativeChange } from './courses.js';
import { reportPage } from './html.js';
import { exponentCheck, limitChecks } from './limits.js';
import { principalTrails } from './principal-trails.js';
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
  it('passes when every claim does', () => {
    expect(reproductionReport(setting, [claim]).passed).toBe(true);
    expect(reproductionReport(setting, [claim, { ...claim, passed: false }]).passed).toBe(false);
  });

  it('names of each claim what failed, or what is nearest to failing', () => {
    expect(closestToFailing([check('a', 1), check('b', -3), check('c', 2)]).quantity).toBe('b');
    expect(closestToFailing([check('a', 3.9), check('b', 0, false), check('c', 2)]).quantity).toBe('b');
    // Each beside its own bound: 1 of 4, and 4 of 5.
    expect(closestToFailing([check('a', 1), check('b', 5, true, 'sign')]).quantity).toBe('b');
    expect(closestToFailing([check('a', 30, true, 'sign'), check('b', -5, true, 'sign')]).quantity).toBe('b');
  });

  it('is a page with both drawings, the verdicts first, and nothing that HTML would misread', () => {
    const page = reportPage(reproductionReport(setting, [claim]), drawings);
    expect(page).toContain('1 of 1');
    expect(page).toContain('3a A &lt; B &amp; &quot;C&quot;');
    expect(page).toContain('<svg id="wide">');
    expect(page).toContain('<svg id="narrow">');
    expect(page.indexOf('<h2>Verdicts</h2>')).toBeLessThan(page.indexOf('<h2>3a'));
    // Prediction, measurement and error to the second digit of the error.
    expect(page).toContain('<td class="number">1.000</td><td class="number">0.970</td><td class="number">0.010</td>');
    expect(page).toContain('Meander 1.2.3, commit abc, quick, seed 1');
    expect(page).toContain('|z| ≤ 4');
    // Every row has a cell for each head.
    for (const [, heads, body] of page.matchAll(/<thead><tr>(.*?)<\/tr><\/thead>\n<tbody>(.*?)<\/tbody>/gs)) {
      const count = heads.match(/<th/g)?.length;
      for (const [row] of body.matchAll(/<tr.*?<\/tr>/gs)) expect(row.match(/<t[hd]/g)).toHaveLength(count ?? NaN);
    }
  });
});

describe('checks', () => {
  const limit = { limit: { value: 0.97, se: 0.01 }, slope: { value: 5, se: 1 }, chiSquare: 0, curvature: -0.02 };
  const probe = {
    squaredNorm: null,
    fluctuation: null,
    diffusion: limit,
    relativeDiffusion: null,
    directedSpeed: null,
  };

  it('take the curvature in eta as uncertainty of the limit, and leave out what has no limit', () => {
    const group = { parameters: {}, learningRates: [1, 2, 4], probes: [probe] };
    const [only, ...others] = limitChecks(group, 'γ = 1', {
      rates: ['fluctuation', 'diffusion'],
      chosen: [0],
      name: () => 'x',
    });
    expect(others).toEqual([]);
    expect(only).toMatchObject({ quantity: 'D of x, γ = 1: simulation / theory, η → 0', passed: true });
    expect(only.error).toBeCloseTo(Math.hypot(0.01, 0.02), 12);
  });

  it('fail where there is no power law', () => {
    const points = [1, 2, 3, 4].map((x) => ({ x, y: { value: x === 2 ? -1 : x, se: 0.1 } }));
    expect(exponentCheck('D', points, 1, 1)).toMatchObject({ passed: false });
  });

  it('compare the end of a course with its beginning, windows weighted by their length', () => {
    const course = [9, 2, 4, 3].map((value, i) => ({ value, se: i === 2 ? 0.2 : 0.1 }));
    // (3 x 2 + 1 x 4) / 4 = 2.5, with the error hypot(3 x 0.1, 1 x 0.2) / 4.
    const change = relativeChange({ steps: [0, 3, 4, 9], means: course }, 2);
    expect(change.value).toBeCloseTo(3 / 2.5 - 1, 12);
    expect(change.se).toBeCloseTo(Math.hypot(0.1, Math.hypot(0.3, 0.2) / 4) / 2.5, 12);
  });
});

it('principal directions keep lengths and angles where there are three units', () => {
  const hidden = [
    [
      [1, 2, 2],
      [0, 1, 0],
    ],
    [
      [3, 0, 0],
      [0, 0, -1],
    ],
  ];
  const trails = principalTrails({ steps: [0, 1], hidden }, ['a', 'b']);
  const inner = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, i) => sum + value * b[i], 0);
  expect(trails.map(({ name }) => name)).toEqual(['a', 'b']);
  for (const time of [0, 1]) {
    for (const [j, k] of [
      [0, 0],
      [0, 1],
      [1, 1],
    ]) {
      const expected = inner(hidden[time][j], hidden[time][k]);
      expect(inner(trails[j].points[time], trails[k].points[time])).toBeCloseTo(expected, 12);
    }
  }
});
