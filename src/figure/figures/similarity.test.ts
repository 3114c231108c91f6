import { describe, expect, it } from 'vitest';
import { document, matrices, names, options, svgOf } from '../../../test/support/figures.js';
import { countIn } from '../../../test/support/svg.js';
import { drawFigure } from '../registry.js';

describe('similarity matrices', () => {
  const svg = svgOf('similarity-720');

  it('have a cell for every pair, and names at rows, columns and colour scale', () => {
    expect(countIn(svg, '.matrices g[aria-label="rect"] rect')).toBe(3 * 100);
    // Once for the row, and once for the column of every matrix.
    expect(svg.split('>digit 7</text>')).toHaveLength(1 + 4);
    expect(svg).toContain('similarity hᵢ·hⱼ (activation²)');
  });

  it('have a colour scale that is symmetric about 0', () => {
    expect(svg).toContain('>−3.0</text>');
    expect(svg).toContain('>3.0</text>');
  });

  it('throw TypeError if a matrix has another size than there are names', () => {
    expect(() => drawFigure({ kind: 'similarity', matrices, names: names.slice(1) }, document, options)).toThrow(
      new TypeError('start: expected 9 rows and columns, one for each name'),
    );
  });
});
