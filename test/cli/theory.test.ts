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
          learningRateError: { squaredNorm: number, ...perQuantity(number) },
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
      // With the next order, which is cheap here.
      const { points } = await meanderJson<TheoryReport>([...args, '--order', 'next'], directory);
      probes.forEach((_, k) => {
        const { squaredNorm = NaN, fluctuation = NaN } = points[0].probes[k].nextOrder ?? {};
        expect(courses.selfCorrelation.map((row) => row[k])).toEqual([1, number, expect.closeTo(0, 9)]);
        expect(courses.squaredDisplacement[2][k]).toBeCloseTo(2 * (squaredNorm + fluctuation), 9);
        expect(courses.crossCorrelation?.[0][k][k]).toBeCloseTo(squaredNorm, 3);
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
    expect(rows.find((row) => row.includes('D per step'))).toMatch(/│ +2\.028e-9 ±2\.6% │ +2\.08e-9 │ +0\.084%/);
    expect(rows.find((row) => row.includes('|v| per step'))).toMatch(/│ +1\.487e-7 ±6\.8% │ +1\.569e-7 │ +0\.19%/);
  });

  it('prints the estimated error from the learning rate with every predicted number', async () => {
    const output = await meanderOutput(['theory', 'examples/dictionary.yaml'], root);
    const row = output.split('\n').find((line) => line.startsWith('│ 1 '));
    expect(row?.match(/[\d.e-]+ ±[\d.]+%/g)).toHaveLength(6);
  });

  // Three hidden units for six inputs without label noise: F grows with the square of the imbalance of the layers.
  const bottleneck = `name: bottleneck
model: {hiddenUnits: 3, input: [{kind: gaussian, covariance: [1, 0.9, 0.8, 0.5, 0.45, 0.4]}], learningRate: 0.02, weightDecay: 0.05}
`;

  it('puts F in parentheses where the leading order is off by more than itself, and names a learning rate that helps', async () => {
    await inDirectory({ 'bottleneck.yaml': bottleneck }, async (directory) => {
      const output = await meanderOutput(['theory', 'bottleneck.yaml'], directory);
      expect(output.split('\n').find((line) => line.startsWith('│ 1 '))).toMatch(/│ +\([\d.e-]+\) ±\d+% │/);
      const note =
        /leading order of F of probe 1-3 is expected to be off by \d+% .*, about 30% at ([\d.e-]+); or see --order next/;
      const lower = note.exec(output)?.[1];
      const low = await meanderOutput(['theory', 'bottleneck.yaml', '--set', `model.learningRate=${lower}`], directory);
      expect(low).not.toContain('in parentheses');
      expect(Number(/│ [^│]+│[^│]+│ [\d.e-]+ ±([\d.]+)% │/.exec(low)?.[1])).toBeLessThan(30);
      const measured = await meanderOutput(
        ['run', 'bottleneck.yaml', '--set', 'simulation.replicas=2', '--set', 'simulation.duration=5000'],
        directory,
      );
      const noted = (text: string) => text.split('\n').filter((line) => line.startsWith('in parentheses'));
      expect(noted(measured)).toEqual(noted(output));
      expect(measured).toMatch(/│ +F │ \([\d.e-]+\) │/);
    });
  });

  // Variances 1/i, and a decay that leaves 16 of 20 modes, the last of them near its threshold.
  const powerLaw = `model:
  hiddenUnits: 20
  input: [{kind: gaussian, covariance: {powerLaw: {dimensions: 20, exponent: 1}}}]
  learningRate: 0.01
  weightDecay: 0.06
`;

  it('weighs the displacement of a mode near its threshold by its part of each probe', async () => {
    await inDirectory({ 'power.yaml': powerLaw }, async (directory) => {
      const { probes } = (await meanderJson<TheoryReport>(['theory', 'power.yaml'], directory)).points[0];
      const errors = probes.map(({ learningRateError }) => learningRateError);
      // A simulation is off by 0.6% and 30% (docs/finite-learning-rate.md).
      expect(errors[5].squaredNorm).toBeLessThan(0.02);
      expect(errors[15].squaredNorm).toBeGreaterThan(0.3);
      expect(errors[5].relativeDiffusion).toBeLessThan(errors[15].relativeDiffusion / 2);
      // One clock: the half-life of a probe is as uncertain as its D/|h|^2, beside a part of F.
      for (const { relativeDiffusion, halfLife } of errors)
        expect(Math.abs(halfLife - relativeDiffusion)).toBeLessThan(0.1);
      const output = await meanderOutput(['theory', 'power.yaml'], directory);
      expect(output).not.toMatch(/in parentheses|order next/);
      expect(output).toContain('fastest: probe 14 (axis 14), ');
      const high = await meanderOutput(['theory', 'power.yaml', '--set', 'model.learningRate=0.04'], directory);
      // The next order of 20 inputs takes more than there is.
      expect(high).not.toContain('--order next');
      expect(high).toMatch(/fastest: probe 14 .*; uncertain: D\/\|h\|\^2 of 16 of 20 probes is in parentheses\n/);
    });
  });

  it('predicts a fluctuation, no drift and constant courses for a rule without a symmetry', async () => {
    const text = `model: {rule: sanger, outputs: 2, input: [{kind: gaussian, covariance: [1.5, 0.9, 0.3]}], learningRate: 0.02}
probes: [[1, 0.5, 0]]
`;
    await inDirectory({ 'sanger.yaml': text }, async (directory) => {
      const [{ probes, courses }] = (await meanderJson<TheoryReport>(['theory', 'sanger.yaml'], directory)).points;
      expect(probes[0]).toMatchObject({ diffusion: 0, directedSpeed: 0, halfLife: null });
      expect(probes[0].fluctuation).toBeGreaterThan(0);
      expect(courses.projectedSquaredDisplacement.at(-1)).toEqual([0]);
    });
  });

  it.each(['theory', 'run'])('%s refuses a learning rate at which the simulation would diverge', async (command) => {
    const args = [command, 'examples/gaussian.yaml', '--set', 'model.learningRate=0.5'];
    const { code, stderr } = await meander(args);
    expect(code).toBe(2);
    expect(stderr).toContain('beyond stability');
    expect(stderr).toContain('give a learningRate below 0.196');
  });

  it.each(['', '1e4,', '-1', 'soon', '1e999'])('rejects --times %j', async (times) => {
    const { code, stderr } = await meander(['theory', 'small.yaml', '--times', times]);
    expect(code).toBe(2);
    expect(stderr).toBe(`--times ${times}: expected steps from 0 on, separated by commas, such as 1e6,1e7,1e8\n`);
  });
});
