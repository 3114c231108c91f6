import type { TheoryReport } from '#experiment';
import { describe, expect, it } from 'vitest';
import { inDirectory } from '../support/directory.js';
import { meander, meanderJson, meanderOutput, root } from '../support/meander.js';
import { number, perQuantity, theoryShape } from '../support/shapes.js';
import { experiment } from '../support/small-run.js';

describe('meander theory', () => {
  it('prints its predictions as JSON', async () => {
    await inDirectory({ 'small.yaml': experiment() }, async (directory) => {
      const { code, stdout, stderr } = await meander(['theory', 'small.yaml', '--json'], directory);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const report = JSON.parse(stdout) as TheoryReport;
      expect(report.points).toHaveLength(1);
      expect(report.points[0]).toMatchObject(theoryShape);
      expect(report.points[0].probes).toEqual(
        [
          [1, 0, 0],
          [0, 1, 0],
          [1, 1, 0.5],
        ].map((stimulus) => ({
          stimulus,
          squaredNorm: number,
          ...perQuantity(number),
          sources: { learning: number, synaptic: 0 },
        })),
      );
    });
  });

  it('predicts time courses at the steps of --times, from 1 to no self-correlation', async () => {
    await inDirectory({ 'small.yaml': experiment() }, async (directory) => {
      const args = ['theory', 'small.yaml', '--times', '0,1e4,1e9'];
      const { courses, probes } = (await meanderJson<TheoryReport>(args, directory)).points[0];
      expect(courses.steps).toEqual([0, 1e4, 1e9]);
      probes.forEach(({ squaredNorm, fluctuation }, k) => {
        expect(courses.selfCorrelation.map((row) => row[k])).toEqual([1, number, expect.closeTo(0, 9)]);
        expect(courses.squaredDisplacement[2][k]).toBeCloseTo(2 * (squaredNorm + fluctuation), 9);
        expect(courses.crossCorrelation?.[0][k][k]).toBeCloseTo(squaredNorm, 12);
      });
      expect(await meanderOutput(args, directory)).toContain('self-correlation of the representations');
    });
  });

  it('prints both orders of the learning rate and the error that is left, in at most 100 columns', async () => {
    const output = await meanderOutput(['theory', 'examples/dictionary.yaml', '--order', 'next'], root);
    const rows = output.split('\n').filter((line) => /[│┌]/.test(line));
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(100);
    expect(rows[1]).toMatch(/leading │ +next │ +± from the/);
    // D and |v| of the first probe: leading order, next order, relative error.
    expect(rows.find((row) => row.includes('D per step'))).toMatch(/│ +2\.028e-9 │ +2\.08e-9 │ +0\.17%/);
    expect(rows.find((row) => row.includes('|v| per step'))).toMatch(/│ +1\.487e-7 │ +1\.569e-7 │ +0\.36%/);
  });

  it.each(['', '1e4,', '-1', 'soon', '1e999'])('rejects --times %j', async (times) => {
    const { code, stderr } = await meander(['theory', 'small.yaml', '--times', times]);
    expect(code).toBe(2);
    expect(stderr).toBe(`--times ${times}: expected steps from 0 on, separated by commas, such as 1e6,1e7,1e8\n`);
  });
});
