import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import {
  document,
  figures,
  matrices,
  names,
  panels,
  sweepAxes,
  sweepRows,
  trails,
  vanishing,
} from '../../test/support/figures.js';
import { comparisonFigure, similarityFigure, sweepCurves, sweepGrid, sweepMaps, trajectoryFigure } from './index.js';
import { svgToPng } from './index.node.js';

/** Numbers inside tags to one decimal, so that the last bits of a cosine do not matter; one tag a line. */
const rounded = (svg: string): string =>
  svg
    .replace(/<[^>]+>/g, (tag) => tag.replace(/-?\d+\.\d+/g, (digits) => `${Math.round(10 * Number(digits)) / 10 + 0}`))
    .replace(/></g, '>\n<');

interface Drawn {
  querySelectorAll(selector: string): { readonly length: number };
}
const drawn = (svg: string): Drawn => (parseHTML(svg) as unknown as { document: Drawn }).document;
const count = (svg: string, selector: string): number => drawn(svg).querySelectorAll(selector).length;
const figure = (name: string): string => figures.find((other) => other.name === name)?.svg ?? '';
const options = { width: 720, title: 'test' };

describe.each(figures)('the figure $name', ({ name, svg }) => {
  it('is what it was', async () => {
    await expect(`${rounded(svg)}\n`).toMatchFileSnapshot(`snapshots/${name}.svg`);
  });

  it('is a file of its own, without scripts, links and numbers that are none', () => {
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^>]*><title>Test of /);
    expect(svg).not.toMatch(/NaN|Infinity|undefined|<script|<style|<figure|href|url\(/);
  });
});

describe('a comparison', () => {
  const svg = figure('comparison-720');

  it('draws every line, point and error bar', () => {
    expect(count(svg, '.panel g[aria-label="line"] path')).toBe(2 + 1 + 1 + 2);
    // One of the points is below the logarithmic axis: a triangle at its end instead.
    expect(count(svg, '.panel g[aria-label="dot"] > *')).toBe(4 + 4 + 10 + 10);
    expect(count(svg, '.panel g[aria-label="dot"][fill="white"] > *')).toBe(1);
    expect(count(svg, '.panel g[aria-label="rule"] line')).toBe(4 + 4 + 10 + 10 + 1);
  });

  it('names its panels and axes with units, and explains every mark', () => {
    for (const { title, x, y } of Object.values(panels)) {
      for (const text of [title, x.label, y.label]) expect(svg).toContain(`>${text}</text>`);
    }
    const explained = ['theory', 'theory, next order', 'simulation', 'lines: theory', 'points: simulation'];
    for (const text of [
      ...explained,
      'equality',
      'digits',
      '±1 standard error',
      'beyond the axis',
      'simulation = theory',
    ]) {
      expect(svg).toContain(`>${text}</text>`);
    }
  });

  it('gives a series one colour in all its panels, and its line that of its points', () => {
    const colours = (series: string): string[] => {
      const one = comparisonFigure([panels.displacements], document, options);
      const index = series === 'stimulus 1' ? '#0072B2' : '#D55E00';
      return [...one.matchAll(new RegExp(`(?:stroke|fill)="${index}"`, 'g'))].map(([match]) => match);
    };
    // A line, points and bars in the panel, a line and a point in the legend; an open triangle for the second.
    expect(colours('stimulus 1')).toHaveLength(5);
    expect(colours('stimulus 2')).toHaveLength(6);
  });

  it('cuts a line at the ends of a given axis, straight on its logarithmic scale', () => {
    const panel = {
      x: { label: 'x', scale: 'log', domain: [1, 100] },
      y: { label: 'y', scale: 'log', domain: [1, 100] },
      theory: [
        {
          series: 'theory',
          points: [
            { x: 1, y: 0.1 },
            { x: 100, y: 1000 },
          ],
        },
      ],
      simulation: [],
    } as const;
    const one = comparisonFigure([panel], document, options);
    const path = /aria-label="line"[^>]*><path d="M([\d.]+),([\d.]+)L([\d.]+),([\d.]+)"/.exec(
      one.slice(one.indexOf('"panel"')),
    );
    const frame = /aria-label="frame"[^>]*x="([\d.]+)"|<rect [^>]*aria-label="frame"[^>]*>/.exec(one)?.[0] ?? '';
    const of = (name: string): number => Number(new RegExp(` ${name}="([\\d.]+)"`).exec(frame)?.[1]);
    const [x0, y0, x1, y1] = (path ?? []).slice(1).map(Number);
    // y = x^2 / 10 enters at x = sqrt(10), a quarter of the axis, and leaves at x = sqrt(1000), three quarters.
    expect((x0 - of('x')) / of('width')).toBeCloseTo(0.25, 3);
    expect((x1 - of('x')) / of('width')).toBeCloseTo(0.75, 3);
    expect(y0).toBeCloseTo(of('y') + of('height'), 1);
    expect(y1).toBeCloseTo(of('y'), 1);
  });

  it('refuses numbers that cannot be drawn', () => {
    const withDot = (y: number, se: number, x = 0.01): (() => string) => {
      const simulation = [{ series: 'simulation', points: [{ x, y, se }] }];
      return () => comparisonFigure([{ ...panels.ratios, simulation }], document, options);
    };
    expect(withDot(NaN, 1)).toThrow(
      new TypeError('Simulation over theory, simulation: expected finite numbers, found NaN'),
    );
    expect(withDot(1, Infinity)).toThrow('expected finite numbers, found Infinity');
    expect(withDot(1, 1, 0.03)).toThrow('the axis of x, 0 to 0.022, leaves out the point at 0.03');
    const theory = [{ series: 'theory', points: [{ x: 0.01, y: 0 }] }];
    expect(() => comparisonFigure([{ ...panels.learningRates, theory }], document, options)).toThrow(
      'expected numbers above 0 for a logarithmic axis, found 0',
    );
  });
});

describe('trajectories', () => {
  const svg = figure('trajectories-720');

  it('mark start and end of every trail, and name trails and axes', () => {
    expect(count(svg, '.panel g[aria-label="dot"] > *')).toBe(2 * trails.length);
    // 24 pieces for each trail, 3 axes, and the sphere as outline and two halves of its equator.
    expect(count(svg, '.panel g[aria-label="line"] path')).toBe(24 * trails.length + 3 + 3);
    for (const text of ['PC 1 (activation)', 'PC 3 (activation)', 'stimulus 4', 'start']) {
      expect(svg).toContain(`>${text}</text>`);
    }
  });

  it('refuses what cannot be drawn', () => {
    const draw = (points: readonly [number, number, number][]) => () =>
      trajectoryFigure([{ name: 'x1', points }], document, { ...options, axes: ['a', 'b', 'c'] });
    expect(draw([[0, NaN, 0]])).toThrow(new TypeError('x1: expected finite numbers, found NaN'));
    expect(draw([])).toThrow(new TypeError('x1: expected at least one point'));
  });
});

describe('a sweep', () => {
  const { learningRate, weightDecay, diffusion } = sweepAxes;
  const one = sweepRows.filter((row) => row.weightDecay === 0.1);
  const first = (rows: typeof sweepRows): typeof sweepRows => rows.filter(({ probe }) => probe === 1);
  const texts = (svg: string): string[] => [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

  it('is drawn as lines through many values, points, and ratios of every probe side by side', () => {
    const svg = figure('sweep-curves-720');
    // Two parts of each line: there is no theory in the middle.
    expect(count(svg, '.panel g[aria-label="line"] path')).toBe(6);
    expect(count(svg, '.panel g[aria-label="dot"] > *')).toBe(2 * 3 * 4);
    for (const text of ['probe 3', 'simulation / theory', 'simulation = theory'])
      expect(svg).toContain(`>${text}</text>`);
    expect(svg).not.toMatch(/>y = \d/);
    // Every swept value has its label, none of them twice in a panel.
    for (const rate of learningRate.values) expect(texts(svg).filter((text) => text === `${rate}`)).toHaveLength(2);
    // The theory is a power law: a straight line, whatever the order of the rows.
    const [, values, ratios] = svg.split('<g class="panel">');
    const lines = [...values.matchAll(/aria-label="line"[^>]*><path d="M([^"]*)"/g)].map(([, path]) =>
      path.split('L').map((pair) => pair.split(',').map(Number)),
    );
    expect(lines.map(({ length }) => length).reduce((a, b) => a + b)).toBeGreaterThan(3 * 80);
    for (const points of lines) {
      const [[x0, y0], [x1, y1]] = [points[0], points[points.length - 1]];
      for (const [x, y] of points) expect(y).toBeCloseTo(y0 + ((y1 - y0) * (x - x0)) / (x1 - x0), 1);
    }
    const places = (panel: string): string[] => [
      ...new Set(
        [...panel.matchAll(/aria-label="dot">(.*?)<\/g>/g)].flatMap(([, dots]) =>
          [...dots.matchAll(/(?:cx="|translate\()([\d.]+)/g)].map(([, x]) => x),
        ),
      ),
    ];
    expect(places(values)).toHaveLength(4);
    expect(places(ratios)).toHaveLength(3 * 4);
  });

  it('has a grid that holds the swept values, with equal factors between the others on a logarithmic axis', () => {
    const grid = sweepGrid([0.1, 0.001, 0.02]);
    expect(grid).toEqual([...grid].sort((a, b) => a - b));
    for (const value of [0.001, 0.02, 0.1]) expect(grid).toContain(value);
    const factors = grid.slice(1, 30).map((value, k) => value / grid[k]);
    for (const factor of factors) expect(factor).toBeCloseTo(100 ** (1 / 99), 10);
    const linear = sweepGrid([0, 0.3]);
    for (const [k, value] of linear.entries()) expect(value).toBeCloseTo((0.3 * k) / 99, 12);
  });

  it('has rings instead of lines where theory is known at the swept values only', () => {
    const svg = sweepCurves(one, learningRate, diffusion, document, options);
    expect(count(svg, '.panel g[aria-label="line"] path')).toBe(0);
    expect(count(svg, '.panel g[aria-label="dot"][fill="none"] > *')).toBe(3 * 4);
    expect(svg).toContain('>rings: theory</text>');
    expect(svg).not.toContain('>lines: theory</text>');
  });

  it('is drawn as two maps with the colours of one scale and a map of ratios with their numbers', () => {
    const svg = figure('sweep-maps-720');
    expect(count(svg, '.panel g[aria-label="cell"] rect')).toBe(3 * 4 * 3);
    expect(svg).toContain('>diffusion D (activation² per step), logarithmic</text>');
    for (const text of ['theory', 'simulation', 'simulation / theory', 'weight decay γ', '10⁻⁹']) {
      expect(texts(svg)).toContain(text);
    }
    // The row of 0.3 is empty; 1.04 is within 3 standard errors of 0.03, and 1.10, 1.20, 1.40 are not.
    expect(texts(svg)).toContain('0.3');
    for (const text of ['1.04', '1.10', '1.20', '1.40'])
      expect(texts(svg).filter((other) => other === text)).toHaveLength(3);
    expect(count(svg, '.panel g[aria-label="dot"] > *')).toBe(3 * 3);
    expect(svg).toContain('>more than 3 standard errors from 1</text>');
  });

  it('paints no noise where theory is 0', () => {
    const some = sweepMaps(first(vanishing), [learningRate, weightDecay], diffusion, document, options);
    expect(count(some, '.panel g[aria-label="cell"] rect')).toBe(3 * 3 * 3);
    expect(texts(some).join(' ')).toContain('numbers: simulation in standard errors, where theory is 0');
    expect(texts(some).filter((text) => text === '34.7')).toHaveLength(3);
    const none = sweepMaps(
      first(vanishing).filter((row) => row.learningRate === 0.002),
      [learningRate, weightDecay],
      diffusion,
      document,
      options,
    );
    expect(count(none, '.panel')).toBe(1);
    expect(count(none, '.panel g[aria-label="cell"] rect')).toBe(3);
    // 1.04 / 0.03
    expect(texts(none).filter((text) => text === '34.7')).toHaveLength(3);
    expect(none).toContain('simulation / its standard error; theory is 0');
  });
});

describe('similarity matrices', () => {
  const svg = figure('similarity-720');

  it('draw every cell, and name rows, columns and the scale', () => {
    expect(count(svg, '.matrices g[aria-label="rect"] rect')).toBe(3 * 100);
    // As row once, as column of every matrix.
    expect(svg.split('>digit 7</text>')).toHaveLength(1 + 4);
    expect(svg).toContain('similarity hᵢ·hⱼ (activation²)');
  });

  it('have a scale that is symmetric about 0', () => {
    expect(svg).toContain('>−3.0</text>');
    expect(svg).toContain('>3.0</text>');
  });

  it('refuse a matrix of another size', () => {
    expect(() => similarityFigure(matrices, names.slice(1), document, options)).toThrow(
      new TypeError('start: expected 9 rows and columns, one for each name'),
    );
  });
});

describe('a PNG', () => {
  it('has twice the size of its SVG, and shows its text without fonts of the system', () => {
    const png = svgToPng(figure('single-340'));
    const view = new DataView(png.buffer, png.byteOffset);
    expect(view.getUint32(16)).toBe(680);
    const withoutText = svgToPng(figure('single-340').replace(/<text.*?<\/text>/g, ''));
    expect(png.length).toBeGreaterThan(1.3 * withoutText.length);
  });
});
