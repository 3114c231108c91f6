import { describe, expect, it } from 'vitest';
import { document, options, panels, svgOf } from '../../../test/support/figures.js';
import { countIn } from '../../../test/support/svg.js';
import type { Panel } from '../panel/panel.js';
import { drawFigure } from '../registry.js';

const draw = (drawn: readonly Panel[]): string => drawFigure({ kind: 'comparison', panels: drawn }, document, options);

describe('a comparison', () => {
  const svg = svgOf('comparison-720');

  it('has a mark for every line, point and error bar', () => {
    expect(countIn(svg, '.panel g[aria-label="line"] path')).toBe(2 + 1 + 1 + 2);
    // One of the points is below the logarithmic axis: a triangle at its end instead.
    expect(countIn(svg, '.panel g[aria-label="dot"] > *')).toBe(4 + 4 + 10 + 10);
    expect(countIn(svg, '.panel g[aria-label="dot"][fill="white"] > *')).toBe(1);
    expect(countIn(svg, '.panel g[aria-label="rule"] line')).toBe(4 + 4 + 10 + 10 + 1);
  });

  it('has titles, axis labels with units, and a legend entry for every kind of mark', () => {
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

  it('draws the line and the points of a series in one colour', () => {
    const colours = (series: string): string[] => {
      const one = draw([panels.displacements]);
      const index = series === 'stimulus 1' ? '#0072B2' : '#D55E00';
      return [...one.matchAll(new RegExp(`(?:stroke|fill)="${index}"`, 'g'))].map(([match]) => match);
    };
    // A line, points and bars in the panel, a line and a point in the legend; an open triangle for the second.
    expect(colours('stimulus 1')).toHaveLength(5);
    expect(colours('stimulus 2')).toHaveLength(6);
  });

  it('cuts a line at the ends of a logarithmic axis, where the line crosses them', () => {
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
    const one = draw([panel]);
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

  it('has points that would hide each other side by side, where no line holds them', () => {
    const dots = (series: string, shift: number) => ({
      series,
      points: [0.01, 0.02].map((x) => ({ x, y: 1 + shift, se: 0.01 })),
    });
    const placesOf = (panel: Panel): number[][] => {
      const drawn = draw([panel]).split('class="panel"')[1];
      return [...drawn.matchAll(/aria-label="dot">(.*?)<\/g>/g)].map(([, marks]) =>
        [...marks.matchAll(/(?:cx="|translate\()([\d.]+)/g)].map(([, x]) => Number(x)),
      );
    };
    const ratio = { ...panels.ratios, theory: [], simulation: [dots('F', 0), dots('D', 0.0001)] };
    const [first, second] = placesOf(ratio);
    expect(first.map((x, k) => second[k] - x)).toEqual([9, 9].map((px) => expect.closeTo(px, 1) as number));
    expect(draw([ratio])).toContain('>side by side: at one value</text>');
    // The middle of both is where they belong.
    const [alone] = placesOf({ ...ratio, simulation: [dots('F', 0)] });
    expect(alone.map((x, k) => (first[k] + second[k]) / 2 - x)).toEqual(
      [0, 0].map(() => expect.closeTo(0, 1) as number),
    );
    for (const simulation of [[dots('F', 0), dots('D', 0.3)], [dots('F', 0)]]) {
      expect(draw([{ ...ratio, simulation }])).not.toContain('side by side');
    }
    const line = { ...ratio, theory: panels.ratios.theory };
    expect(draw([line])).not.toContain('side by side');
  });

  it('throws TypeError for numbers that cannot be drawn', () => {
    const withDot = (y: number, se: number, x = 0.01): (() => string) => {
      const simulation = [{ series: 'simulation', points: [{ x, y, se }] }];
      return () => draw([{ ...panels.ratios, simulation }]);
    };
    expect(withDot(NaN, 1)).toThrow(
      new TypeError('Simulation over theory, simulation: expected finite numbers, found NaN'),
    );
    expect(withDot(1, Infinity)).toThrow('expected finite numbers, found Infinity');
    expect(withDot(1, 1, 0.03)).toThrow('the axis of x, 0 to 0.022, leaves out the point at 0.03');
    const theory = [{ series: 'theory', points: [{ x: 0.01, y: 0 }] }];
    expect(() => draw([{ ...panels.learningRates, theory }])).toThrow(
      'expected numbers above 0 for a logarithmic axis, found 0',
    );
  });
});
