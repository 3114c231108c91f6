import { describe, expect, it } from 'vitest';
import {
  document,
  drawings,
  options,
  recordingDrawings,
  sweepAxes,
  sweepRows,
  tables,
} from '../../test/support/figures.js';
import { recordingTables } from '../../test/support/recording-tables.js';
import { defineFigure, type FigureData } from './figure.js';
import { drawFigure, figures, figuresFor, type FigureTable } from './registry.js';

/** Numbers inside tags to one decimal, so that the last bits of a cosine do not matter; one tag a line. */
const rounded = (svg: string): string =>
  svg
    .replace(/<[^>]+>/g, (tag) => tag.replace(/-?\d+\.\d+/g, (digits) => `${Math.round(10 * Number(digits)) / 10 + 0}`))
    .replace(/></g, '>\n<');

describe.each([...drawings, ...recordingDrawings])('the figure $name', ({ name, svg }) => {
  it('equals its snapshot', async () => {
    await expect(`${rounded(svg)}\n`).toMatchFileSnapshot(`snapshots/${name}.svg`);
  });

  it('is one SVG without scripts, style sheets, links, and numbers that are not finite', () => {
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^>]*><title>Test of /);
    expect(svg).not.toMatch(/NaN|Infinity|undefined|<script|<style|<figure|href|url\(/);
  });
});

describe('the list of figures', () => {
  const { learningRate, weightDecay, diffusion: quantity } = sweepAxes;
  const namesFor = (table: FigureTable): string[] => figuresFor(table).map(({ name }) => name);
  const third = { ...weightDecay, name: 'batchSize' };

  it.each<[FigureTable, string[]]>([
    [tables.comparison, ['comparison']],
    [tables.similarity, ['similarity']],
    [tables.trajectories, ['trajectories']],
    [tables['claims-map'], ['claims-map']],
    [tables['sweep-curves'], ['curves']],
    [tables['sweep-maps'], ['maps']],
    [tables.probes, ['probes']],
    [recordingTables.displacement, ['displacement']],
    [recordingTables.codes, ['codes']],
    [recordingTables.stimuli, ['stimuli']],
    [recordingTables.tracked, ['sessions']],
    [recordingTables.increments, ['increments']],
    [{ kind: 'sweep', rows: sweepRows, axes: [learningRate, weightDecay, third], quantity }, []],
    // Two axes and three probes; one axis and more probes than colours.
    [{ kind: 'sweep', rows: sweepRows, axes: [learningRate, weightDecay], quantity }, []],
    [{ kind: 'sweep', rows: Array.from({ length: 8 }, (_, probe) => ({ probe })), axes: [learningRate], quantity }, []],
  ])('has for table %# the figures %2$j', (table, expected) => {
    expect(namesFor(table)).toEqual(expected);
  });

  it('has each name once, and each figure in the tables of this test', () => {
    const names = figures.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const tested = new Set(Object.values<FigureTable>({ ...tables, ...recordingTables }).flatMap(namesFor));
    expect(names.filter((name) => !tested.has(name))).toEqual([]);
  });

  it('throws TypeError if no figure applies', () => {
    const table = { kind: 'sweep', rows: sweepRows, axes: [], quantity } as const;
    expect(() => drawFigure(table, document, options)).toThrow(
      new TypeError('no figure applies to this table of kind sweep'),
    );
  });
});

it('a figure throws TypeError for a table that it does not apply to', () => {
  const figure = defineFigure({
    name: 'none',
    applies: (table): table is FigureData => table.kind === 'none',
    draw: ({ kind }) => kind,
  });
  expect(figure.draw({ kind: 'none' }, document, options)).toBe('none');
  expect(() => figure.draw(tables.comparison, document, options)).toThrow(
    new TypeError('the figure none does not apply to this table of kind comparison'),
  );
});
