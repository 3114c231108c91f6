import { describe, expect, it } from 'vitest';
import { terminalTable, type Fit } from './terminal.js';

const head = ['probe', 'fluctuationTheory', 'fluctuationSimulation', 'diffusionTheory', 'diffusion / theory'];

function linesOf(fit?: Fit): string[] {
  const table = terminalTable(head, fit);
  for (const probe of ['1', '2']) table.push([probe, '1.25e-5', '1.24e-5 ± 0.03e-5', '3.5e-7', '0.99 ± 0.02']);
  return table.toString().split('\n');
}

const widest = (lines: readonly string[]): number => Math.max(...lines.map((line) => line.length));

describe('a table for a terminal', () => {
  it('is the plain table where there is room, and where no width is known', () => {
    expect(linesOf()[1]).toContain('fluctuationSimulation');
    expect(linesOf({ width: 200 })).toEqual(linesOf());
    expect(widest(linesOf())).toBeGreaterThan(80);
  });

  it('breaks its head into words before it is divided', () => {
    const lines = linesOf({ width: 80 });
    expect(widest(lines)).toBeLessThanOrEqual(80);
    expect(lines.filter((line) => line.startsWith('┌'))).toHaveLength(1);
    expect(lines[1]).toMatch(/probe +│ fluctuation │ +fluctuation │ +diffusion │ +diffusion/);
    expect(lines[2]).toMatch(/Theory │ +Simulation │ +Theory │ +\/ theory/);
  });

  it('is divided into tables that repeat the key columns and have every cell once', () => {
    const lines = linesOf({ width: 40, keys: 1 });
    expect(widest(lines)).toBeLessThanOrEqual(40);
    const text = lines.join('\n');
    const tables = lines.filter((line) => line.startsWith('┌')).length;
    expect(tables).toBeGreaterThan(1);
    expect(text.match(/probe/g)).toHaveLength(tables);
    for (const cell of ['1.25e-5', '1.24e-5 ± 0.03e-5', '3.5e-7', '0.99 ± 0.02'])
      expect(text.split(cell)).toHaveLength(3);
  });
});
