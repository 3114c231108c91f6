import { describe, expect, it } from 'vitest';
import { lyapunovSolver } from './lyapunov.js';
import { add, fromRows, identity, maxAbs, multiply, transpose } from './matrix.js';

describe('the Lyapunov equation', () => {
  it.each([
    ['symmetric', [[-2, 0.3], [0.3, -0.5]]], // prettier-ignore
    ['complex eigenvalues', [[-0.1, 2], [-2, -0.1]]], // prettier-ignore
    ['defective', [[-1, 1], [0, -1]]], // prettier-ignore
    ['rates a million apart', [[-1000, 3], [1, -0.001 - 0.003]]], // prettier-ignore
  ])('is solved for %s', (_, rows) => {
    const j = fromRows(rows);
    const c = fromRows([
      [1, 0.2],
      [0.2, 0.7],
    ]);
    const x = lyapunovSolver(j, 1)(c);
    const residual = add(add(multiply(j, x), multiply(x, transpose(j))), c);
    expect(maxAbs(residual)).toBeLessThan(1e-12 * Math.max(1, maxAbs(x) * maxAbs(j)));
    expect(maxAbs(add(x, transpose(x), -1))).toBeLessThan(1e-12 * maxAbs(x));
  });

  it('is refused for a matrix that is not stable', () => {
    expect(() => lyapunovSolver(identity(2), 0.5)).toThrow('not stable');
    expect(() => lyapunovSolver(fromRows([[-1, 0], [0, 0.1]]), 1)).toThrow('not stable'); // prettier-ignore
  });
});
