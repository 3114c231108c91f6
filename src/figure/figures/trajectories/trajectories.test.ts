import { describe, expect, it } from 'vitest';
import { document, options, svgOf, trajectories } from '../../../../test/support/figures.js';
import { countIn } from '../../../../test/support/svg.js';
import { drawFigure } from '../../registry.js';

describe('trajectories', () => {
  const svg = svgOf('trajectories-720');

  it('have marks at start and end, 24 pieces of line each, and names, as their axes have', () => {
    expect(countIn(svg, '.panel g[aria-label="dot"] > *')).toBe(2 * trajectories.length);
    // The pieces, 3 axes, and the sphere: its outline and two halves of its equator.
    expect(countIn(svg, '.panel g[aria-label="line"] path')).toBe(24 * trajectories.length + 3 + 3);
    for (const text of ['PC 1 (activation)', 'PC 3 (activation)', 'stimulus 4', 'start']) {
      expect(svg).toContain(`>${text}</text>`);
    }
  });

  it('throw TypeError for numbers that are not finite, and without points', () => {
    const draw = (points: readonly [number, number, number][]) => () =>
      drawFigure(
        { kind: 'trajectories', trajectories: [{ name: 'x1', points }], axes: ['a', 'b', 'c'] },
        document,
        options,
      );
    expect(draw([[0, NaN, 0]])).toThrow(new TypeError('x1: expected finite numbers, found NaN'));
    expect(draw([])).toThrow(new TypeError('x1: expected at least one point'));
  });
});
