import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { drawFigure } from '../../registry.js';
import type { ClaimsMapCell, ClaimsMapSpot } from './table.js';

/**
 * Two frequencies on a 3 x 2 grid: slopes below zero left of the middle in the first panel, everywhere in the second.
 */
const cells: ClaimsMapCell[] = [0, 0.1].flatMap((from) =>
  [0.1, 0.2].flatMap((weightDecay) =>
    [0.01, 0.1, 1].map((labelNoiseVariance) => ({
      weightDecay,
      labelNoiseVariance,
      from,
      to: from + 0.1,
      slope: from === 0 && labelNoiseVariance > 0.05 ? 2 : -3,
      rank: from === 0 && labelNoiseVariance === 1 ? 2 : 1,
    })),
  ),
);

const { document } = parseHTML('<!doctype html><html><body></body></html>') as { document: object };
const draw = (of: readonly ClaimsMapCell[], spots?: readonly ClaimsMapSpot[]): string =>
  drawFigure({ kind: 'claims-map', cells: of, spots }, document, { width: 720, title: 'map' });
const svg = draw(cells);

/** Elements that Plot draws for one kind of mark. */
const drawn = parseHTML(svg) as unknown as {
  document: { querySelectorAll(selector: string): { getAttribute(name: string): string }[] };
};
const marks = (label: string, element: string): number =>
  drawn.document.querySelectorAll(`.panel g[aria-label="${label}"] ${element}`).length;

describe('the map of the claim', () => {
  it('is one SVG without numbers that are not finite', () => {
    expect(svg).toMatch(/^<svg .*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).not.toContain('NaN');
  });

  it('has every cell, the edges where the sign changes, and a dot where the stimulus is not the slowest', () => {
    expect(marks('rect', 'rect')).toBe(12);
    expect(marks('link', 'path')).toBe(2);
    expect(marks('dot', 'circle')).toBe(2);
  });

  it('has the names of its panels and axes', () => {
    for (const text of ['f = 0 to 0.1', 'f = 0.1 to 0.2', 'variance of the label noise', 'weight decay']) {
      expect(svg).toContain(text);
    }
  });

  it('has the labels of its parameters in place of their names', () => {
    const labels = { weightDecay: 'forgetting', labelNoiseVariance: 'teacher noise', frequency: 'shown' };
    const table = { kind: 'claims-map', cells, labels } as const;
    const labelled = drawFigure(table, document, { width: 720, title: 'map' });
    for (const text of ['shown = 0 to 0.1', 'forgetting', 'teacher noise']) expect(labelled).toContain(text);
    for (const text of ['f = 0 to', 'weight decay', 'variance of the label']) expect(labelled).not.toContain(text);
  });

  it('has different colours for opposite signs', () => {
    const rects = [...drawn.document.querySelectorAll('.panel g[aria-label="rect"] rect')];
    const fills = new Set(rects.map((rect) => rect.getAttribute('fill')));
    expect(fills.size).toBe(2);
  });

  it('fills a simulated spot with the colour of its slope, and throws TypeError for one outside the map', () => {
    const spot = (value: number, from: number): ClaimsMapSpot => ({
      weightDecay: 0.15,
      labelNoiseVariance: 0.05,
      from,
      to: from + 0.1,
      slope: { value, se: 0.1 },
    });
    const map = (spots: readonly ClaimsMapSpot[]): string => draw(cells, spots);
    const colour = (slope: number): string | undefined =>
      /<rect [^>]*fill="(rgb[^"]+)"/.exec(
        draw(cells.map((cell) => ({ ...cell, slope }))).replace(/.*?class="panel"/, ''),
      )?.[1];
    const fills = [...map([spot(-3, 0), spot(2, 0.1)]).matchAll(/<circle (?=[^>]*r="6")[^>]*fill="(rgb[^"]+)"/g)];
    expect(fills.map(([, fill]) => fill)).toEqual([colour(-3), colour(2)]);
    expect(() => map([spot(1, 0.4)])).toThrow('the map has no panel for the simulated step f = 0.4 to 0.5');
    expect(() => map([{ ...spot(1, 0), labelNoiseVariance: 0 }])).toThrow(
      'labelNoiseVariance: expected numbers above 0',
    );
  });
});
