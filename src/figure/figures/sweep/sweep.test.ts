import { describe, expect, it } from 'vitest';
import { document, options, svgOf, sweepAxes, sweepRows, vanishing } from '../../../../test/support/figures.js';
import { countIn, textsIn } from '../../../../test/support/svg.js';
import { drawFigure } from '../../registry.js';
import { parameterScale, sweepGrid } from './scales.js';
import type { SweepRow, SweepTable } from './table.js';

const { learningRate, weightDecay, diffusion: quantity } = sweepAxes;
const curves = (rows: readonly SweepRow[]): string =>
  drawFigure({ kind: 'sweep', rows, axes: [learningRate], quantity }, document, options);
const maps = (rows: readonly SweepRow[]): string =>
  drawFigure({ kind: 'sweep', rows, axes: [learningRate, weightDecay], quantity }, document, options);
/** Over weight decay at one learning rate, with the first value of it 0, and theory between. */
const zeroAt = { ...weightDecay, values: [0, 0.001, 0.1, 1] };
const fromZero: SweepRow[] = sweepRows
  .filter((row) => row.learningRate === 0.01)
  .map((row) => ({ ...row, weightDecay: { 0.05: 0, 0.1: 0.001, 0.2: 1 }[Number(row.weightDecay)] ?? NaN }));
const overDecay = (table: Partial<SweepTable>): string =>
  drawFigure({ kind: 'sweep', rows: fromZero, axes: [zeroAt], quantity, ...table }, document, {
    ...options,
    caption: 'So it was.',
  });
const valuesPanel = (svg: string): string => svg.split('<g class="panel">')[1];
/** x of the tick with a label. */
const tickOf = (svg: string, label: string): number =>
  Number(new RegExp(`translate\\(([\\d.]+),[\\d.]+\\)"[^>]*>${label}</text>`).exec(valuesPanel(svg))?.[1]);
const first = (rows: readonly SweepRow[]): SweepRow[] => rows.filter(({ probe }) => probe === 1);

/** A row at each of these values. */
const decaysOf = (values: readonly number[]): SweepRow[] =>
  values.map((weightDecay) => ({ ...first(fromZero)[0], weightDecay }));

describe('figures of a sweep', () => {
  it('of one parameter have dense lines, points on them, and the ratios of the probes side by side', () => {
    const svg = svgOf('sweep-curves-720');
    // Each line has a gap, where there is no theory.
    expect(countIn(svg, '.panel g[aria-label="line"] path')).toBe(6);
    expect(countIn(svg, '.panel g[aria-label="dot"] > *')).toBe(2 * 3 * 4);
    for (const text of ['probe 3', 'simulation / theory', 'simulation = theory'])
      expect(svg).toContain(`>${text}</text>`);
    expect(svg).not.toMatch(/>y = \d/);
    // Every swept value has one label in each panel.
    for (const rate of learningRate.values) expect(textsIn(svg).filter((text) => text === `${rate}`)).toHaveLength(2);
    // The theory is a power law: a straight line, in whatever order the rows are.
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

  it('of one parameter have rings instead of lines without theory between the swept values', () => {
    const svg = curves(sweepRows.filter((row) => row.weightDecay === 0.1));
    expect(countIn(svg, '.panel g[aria-label="line"] path')).toBe(0);
    expect(countIn(svg, '.panel g[aria-label="dot"][fill="none"] > *')).toBe(3 * 4);
    expect(svg).toContain('>rings: theory</text>');
    expect(svg).not.toContain('>lines: theory</text>');
  });

  it('of two parameters have maps of theory and simulation, and one of ratios with numbers and marks', () => {
    const svg = svgOf('sweep-maps-720');
    expect(countIn(svg, '.panel g[aria-label="cell"] rect')).toBe(3 * 4 * 3);
    expect(svg).toContain('>diffusion D (activation² per step), logarithmic</text>');
    for (const text of ['theory', 'simulation', 'simulation / theory', 'weight decay γ', '10⁻⁹']) {
      expect(textsIn(svg)).toContain(text);
    }
    // The row of 0.3 is empty; 1.04 is within 3 standard errors of 0.03, and 1.10, 1.20, 1.40 are not.
    expect(textsIn(svg)).toContain('0.3');
    for (const text of ['1.04', '1.10', '1.20', '1.40'])
      expect(textsIn(svg).filter((other) => other === text)).toHaveLength(3);
    expect(countIn(svg, '.panel g[aria-label="dot"] > *')).toBe(3 * 3);
    expect(svg).toContain('>more than 3 standard errors from 1</text>');
  });

  it('of two parameters show the simulation in standard errors where the theory is 0', () => {
    const some = maps(first(vanishing));
    expect(countIn(some, '.panel g[aria-label="cell"] rect')).toBe(3 * 3 * 3);
    expect(textsIn(some).join(' ')).toContain('numbers: simulation in standard errors, where theory is 0');
    expect(textsIn(some).filter((text) => text === '34.7')).toHaveLength(3);
    const none = maps(first(vanishing).filter((row) => row.learningRate === 0.002));
    expect(countIn(none, '.panel')).toBe(1);
    expect(countIn(none, '.panel g[aria-label="cell"] rect')).toBe(3);
    // 1.04 / 0.03
    expect(textsIn(none).filter((text) => text === '34.7')).toHaveLength(3);
    expect(none).toContain('simulation / its standard error; theory is 0');
  });

  it('of one parameter have 0 at the end of a logarithmic axis, behind a break, and say so', () => {
    expect(parameterScale(zeroAt.values)).toBe('log');
    const theory = sweepGrid(zeroAt.values).map((value) => ({ weightDecay: value, probe: 1, diffusionTheory: 1e-9 }));
    const svg = overDecay({ rows: first(fromZero), theory });
    expect(countIn(svg, '.axis-break')).toBe(2);
    // The label is as it was given: the caption says where 0 is.
    expect(textsIn(svg)).toContain('weight decay γ');
    expect(textsIn(svg).join(' ')).toContain('So it was. 0 is left of the break of the axis.');
    // The point, and a ring in place of the line, which does not cross the break.
    const [zero, next] = [tickOf(svg, '0'), tickOf(svg, '0.001')];
    expect(next - zero).toBeGreaterThan(20);
    const panel = valuesPanel(svg);
    expect(panel).toMatch(new RegExp(`fill="none"[^>]*aria-label="dot"><circle [^>]*cx="${zero}"`));
    expect(countIn(svg, '.panel g[aria-label="dot"][fill="#0072B2"] > *')).toBe(2 * 3);
    const [, line] = /aria-label="line"[^>]*><path d="M([\d.]+),/.exec(panel) ?? [];
    expect(Number(line)).toBeCloseTo(next, 1);
  });

  it('of one parameter have no break on a linear axis, which may be asked for', () => {
    expect(parameterScale([0, 0.5, 1, 2])).toBe('linear');
    const svg = overDecay({ scales: { x: 'linear' } });
    expect(countIn(svg, '.axis-break')).toBe(0);
    expect(textsIn(svg)).toContain('weight decay γ');
  });

  it('of one parameter keep a theory of 0 on a logarithmic axis, at its lower end', () => {
    const rows = vanishing.filter((row) => row.weightDecay === 0.1 && row.probe === 1);
    const table = { kind: 'sweep', rows, axes: [learningRate], quantity, scales: { y: 'log' } } as const;
    const svg = drawFigure(table, document, { ...options, caption: 'So it was.' });
    expect(textsIn(svg)).toContain('diffusion D (activation² per step)');
    expect(textsIn(svg).join(' ')).toContain('So it was. 0 is below the break of the axis.');
    expect(countIn(svg, '.axis-break')).toBe(1);
    expect(countIn(svg, '.panel g[aria-label="dot"][fill="none"] > *')).toBe(4);
  });

  it('have letters where these are asked for', () => {
    for (const svg of [
      drawFigure({ kind: 'sweep', rows: fromZero, axes: [zeroAt], quantity }, document, { ...options, letters: true }),
      drawFigure({ kind: 'sweep', rows: first(sweepRows), axes: [learningRate, weightDecay], quantity }, document, {
        ...options,
        letters: true,
      }),
    ]) {
      const letters = textsIn(svg).flatMap((text) => /^([a-z])(\u2002|$)/.exec(text)?.[1] ?? []);
      expect(letters).toEqual(['a', 'b', 'c'].slice(0, countIn(svg, '.panel')));
    }
  });

  it.each([
    [{ values: [0.01, 0.0341995189, 0.1169607095, 0.4] }, ['0.01', '0.02', '0.05', '0.1', '0.2'], ['0.0342', '0.117']],
    [{ values: [0.01, 0.02, 0.08, 0.4] }, ['0.01', '0.02', '0.08', '0.4'], ['0.05']],
    [{ values: [0.125, 0.25, 0.5] }, ['0.125', '0.25', '0.5'], ['0.2']],
  ])('of one parameter label %j at round values only', ({ values }, shown, missing) => {
    const texts = textsIn(overDecay({ rows: decaysOf(values), axes: [{ ...zeroAt, values }] }));
    expect(texts).toEqual(expect.arrayContaining(shown));
    for (const text of missing) expect(texts).not.toContain(text);
  });

  it('are as wide and as high as asked for, and have no panel of ratios where there should be none', () => {
    const curves = { kind: 'sweep', rows: fromZero, axes: [zeroAt], quantity } as const;
    const both = { kind: 'sweep', rows: first(sweepRows), axes: [learningRate, weightDecay], quantity } as const;
    for (const [table, panels] of [
      [curves, 1],
      [both, 2],
    ] as const) {
      for (const [width, height] of [
        [321, 560],
        [900, 700],
      ] as const) {
        const svg = drawFigure(table, document, { ...options, width, height, ratio: false, caption: 'So it was.' });
        expect(svg).toContain(`viewBox="0 0 ${width} ${height}"`);
        expect(countIn(svg, '.panel')).toBe(panels);
        expect(svg).not.toContain('simulation / theory');
        // The caption is at the lower edge: the panels fill the height.
        const [, y] =
          /<g transform="translate\(8,([\d.]+)\)">(?:(?!<g transform="translate\(8).)*>So it was/.exec(svg) ?? [];
        expect(height - Number(y)).toBeLessThan(45);
      }
      expect(() => drawFigure(table, document, { ...options, height: 120 })).toThrow(
        /the height of the figure: found 120 px, expected at least \d+ px \(\d+ mm\)/,
      );
    }
  });

  it('of two parameters have logarithmic colours where these are asked for, and mark what has none', () => {
    const rows = first(sweepRows).map((row, k) => (k === 0 ? { ...row, diffusionSimulation: -1e-12 } : row));
    const table = { kind: 'sweep', rows, axes: [learningRate, weightDecay], quantity, scales: { y: 'log' } } as const;
    const svg = drawFigure(table, document, options);
    expect(countIn(svg, '.panel g[aria-label="cell"] rect')).toBe(3 * 4 * 3);
    expect(textsIn(svg).filter((text) => text === '≤ 0')).toHaveLength(1);
    expect(textsIn(svg)).toContain('diffusion D (activation² per step), logarithmic');
  });
});
