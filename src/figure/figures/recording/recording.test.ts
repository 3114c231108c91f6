import { describe, expect, it } from 'vitest';
import { document, options, svgOf } from '../../../../test/support/figures.js';
import { manyStimuli, missing, recordingTables } from '../../../../test/support/recording-tables.js';
import { countIn, textsIn } from '../../../../test/support/svg.js';
import { drawFigure, figuresFor, type FigureTable } from '../../registry.js';

const draw = (table: FigureTable): string => drawFigure(table, document, options);
const dots = (svg: string): number => countIn(svg, '.panel g[aria-label="dot"] > *');
const { displacement, displacements, codes, stimuli, frequencies, sessions, tracked, increments } = recordingTables;

describe('diffusion against presentations', () => {
  it('has the fitted power law beside D/|h|² alone, named as a correlation', () => {
    const name = 'power of presentations (a correlation)';
    const plain = draw(frequencies);
    const fitted = draw({ ...frequencies, trend: { scale: 0.2, exponent: -0.5 } });
    expect(textsIn(plain)).not.toContain(name);
    expect(textsIn(fitted)).toContain(name);
    const lines = (svg: string): number => countIn(svg, '.panel path[d*="C"], .panel g[aria-label="line"] path');
    expect(lines(fitted) - lines(plain)).toBe(1);
  });
});

describe('displacement against gap', () => {
  it('has points as measured, without trial noise where they are determined, and one within a session, each named', () => {
    const svg = svgOf('displacement-720');
    expect(dots(svg)).toBe(8 + 7 + 1);
    for (const text of [
      ...['as measured', 'without trial noise', 'halves of one session', '2F + D Δt + |v|² Δt²'],
      ...['squared displacement / ‖h‖²', 'gap between sessions Δt (day)', '±1 standard error'],
    ])
      expect(textsIn(svg)).toContain(text);
  });

  it('has a line of the fit with a gap where the fit has none', () => {
    const [course] = displacement.recordings;
    const fit = course.fit.map((point, k) => (k === 3 ? { ...point, y: null } : point));
    const svg = draw({ ...displacement, recordings: [{ ...course, fit }] });
    expect(countIn(svg, '.panel g[aria-label="line"] path')).toBe(2);
    expect(countIn(svgOf('displacement-720'), '.panel g[aria-label="line"] path')).toBe(1);
  });

  it('of several animals has those without trial noise, named in the legend', () => {
    const svg = draw(displacements);
    expect(dots(svg)).toBe(3 * 7);
    expect(textsIn(svg)).toEqual(expect.arrayContaining(['mouse 1', 'mouse 2', 'mouse 3']));
    expect(textsIn(svg)).not.toContain('as measured');
  });
});

describe('codes and their similarity', () => {
  it('have what is determined, and the prediction and both surrogates as lines', () => {
    const svg = svgOf('codes-720');
    expect(dots(svg)).toBe(8 + 7);
    expect(countIn(svg, '.panel g[aria-label="line"] path')).toBe(3);
    expect(countIn(svg, '.panel g[aria-label="area"] path')).toBe(1);
  });

  it('are one panel where no similarity is determined', () => {
    const one = { ...codes, points: codes.points.map((point) => ({ ...point, similarity: missing })) };
    const svg = draw(one);
    expect(countIn(svg, '.panel')).toBe(1);
    expect(textsIn(svg)).not.toContain('each stimulus drifts alone');
  });
});

describe('the diffusion of stimuli', () => {
  it('is sorted, the fastest on top, with the missing one last, and drawn in two panels', () => {
    const svg = svgOf('stimuli-720');
    const named = textsIn(svg).filter((text) => text.startsWith('odour'));
    expect(named).toEqual([2, 7, 1, 4, 8, 3, 5, 6].map((k) => `odour ${k}`));
    expect(dots(svg)).toBe(7 + 8);
  });

  it('stands against the frequency where that is known and varies', () => {
    expect(textsIn(svgOf('frequencies-720'))).toContain('presentations of the stimulus');
    const equal = { ...frequencies, stimuli: frequencies.stimuli.map((row) => ({ ...row, frequency: 5 })) };
    expect(textsIn(draw(equal))).not.toContain('presentations of the stimulus');
  });

  it('of more stimuli than have room has no names, and no more than a page of height', () => {
    const svg = draw(manyStimuli);
    expect(textsIn(svg).filter((text) => text.startsWith('odour'))).toEqual([]);
    const more = Array.from({ length: 10 }, () => manyStimuli.stimuli).flat();
    expect(Number(/ height="(\d+)"/.exec(draw({ ...manyStimuli, stimuli: more }))?.[1])).toBeLessThan(1000);
  });
});

describe('matrices of sessions', () => {
  it('have a cell for every pair, grey where nothing is determined, and counts as numbers', () => {
    const svg = svgOf('sessions-720');
    expect(countIn(svg, '.matrices g[aria-label="rect"] rect')).toBe(3 * (64 - 8));
    expect(countIn(svg, '.matrices rect[fill="#dddddd"]')).toBe(2);
    expect(countIn(svgOf('tracked-720'), '.numbers text')).toBe(64 - 8);
  });

  it('throw TypeError if a matrix has another size than there are sessions', () => {
    expect(() => draw({ ...sessions, times: [0, 1] })).toThrow(
      new TypeError('Displacement: expected 2 rows and columns, one for each session'),
    );
  });
});

it('increments have the kurtosis in their title', () => {
  expect(textsIn(svgOf('increments-720'))).toContain('Increments: excess kurtosis 4.30 ± 0.30');
});

it('no figure applies to a table without any number', () => {
  const empty: FigureTable[] = [
    { ...displacement, recordings: [] },
    { ...codes, points: codes.points.map((point) => ({ ...point, selfCorrelation: missing, similarity: missing })) },
    { ...stimuli, stimuli: stimuli.stimuli.map((row) => ({ ...row, diffusion: missing, relativeDiffusion: missing })) },
    { ...tracked, matrices: tracked.matrices.map((matrix) => ({ ...matrix, values: [[null]] })) },
    { ...increments, observed: [] },
  ];
  expect(empty.map((table) => figuresFor(table).length)).toEqual([0, 0, 0, 0, 0]);
});
