import { describe, expect, it } from 'vitest';
import { inDirectory } from '../support/directory.js';
import { meander, meanderOutput } from '../support/meander.js';
import { estimate, number, perQuantity, theoryShape } from '../support/shapes.js';
import { experiment, onlyPoint, reportOf } from '../support/small-run.js';

describe('meander run', () => {
  it('reports prediction, simulation and their ratio for every probe, losses, steps and, with --timing, seconds', async () => {
    const { points } = await reportOf(experiment(), ['--timing']);
    expect(points).toHaveLength(1);
    const [point] = points;
    expect(point).toMatchObject(theoryShape);
    expect(point).toMatchObject({ loss: { theory: number, simulation: estimate }, steps: 6 * 800, seconds: number });
    const { steps, selfCorrelation, theory } = point.courses;
    expect(theory.selfCorrelation.map((row) => row.length)).toEqual(selfCorrelation.map((row) => row.length));
    expect([steps[0], theory.selfCorrelation[0], theory.squaredDisplacement[0]]).toEqual([0, [1, 1, 1], [0, 0, 0]]);
    for (const probe of point.probes) {
      // The run is too short to tell the directed motion of this input, and with it the half-life.
      const measured = { ...perQuantity(estimate), halfLife: null };
      expect(probe).toMatchObject({ squaredNorm: number, ...perQuantity(number), simulation: measured });
      expect(probe).toMatchObject({ ratio: measured });
      // The ratio of |v| is that of the component along the predicted direction, which can be negative.
      for (const quantity of ['squaredNorm', 'fluctuation', 'diffusion'] as const) {
        const [theory, { value, se }] = [probe[quantity], probe.simulation[quantity]];
        expect(probe.ratio[quantity]?.value).toBeCloseTo(value / theory, 12);
        expect(probe.ratio[quantity]?.se).toBeCloseTo(se / theory, 12);
        expect(se).toBeGreaterThan(0);
      }
    }
  });

  it('reports one point for each combination of a sweep, the last key fastest', async () => {
    const more = 'sweep: { model.learningRate: [0.02, 0.01], model.batchSize: [1, 2] }';
    const { points } = await reportOf(experiment({ more }));
    const parameters = points.map((point) => [point.parameters.learningRate, point.parameters.batchSize]);
    expect(parameters).toEqual([
      [0.02, 1],
      [0.02, 2],
      [0.01, 1],
      [0.01, 2],
    ]);
  });

  it.each(['theory', 'run'])('prints a table that names the parameters and the probes (%s)', async (command) => {
    const stdout = await inDirectory({ 'small.yaml': experiment() }, (directory) =>
      meanderOutput([command, 'small.yaml'], directory),
    );
    expect(stdout).toContain('small: hiddenUnits 6');
    expect(stdout).toContain('(1, 1, 0.5)');
  });
});

describe('special cases of meander run', () => {
  it('measures the same loss from random weights as from the manifold, within 4 standard errors', async () => {
    const long = (start: string) =>
      experiment().replace(/simulation:.*/, `simulation: { replicas: 16, lag: 20, duration: 6000, start: ${start} }`);
    const [manifold, random] = await Promise.all(
      ['manifold', '{ random: 0.1 }'].map((start) => onlyPoint(long(start))),
    );
    const [a, b] = [manifold.loss.simulation, random.loss.simulation];
    const se = Math.hypot(a.se, b.se);
    expect(se).toBeLessThan(0.01 * a.value);
    expect(Math.abs(a.value - b.value)).toBeLessThan(4 * se);
    expect(random.steps).toBeGreaterThan(manifold.steps);
  });

  it('gives a probe that is not represented no self-correlation, zeros and no ratios', async () => {
    const { points } = await reportOf(experiment().replace(/^probes:.*/m, 'probes: [[0, 0, 0], [1, 0, 0]]'));
    const [{ probes, courses }] = points;
    expect(courses.selfCorrelation.map(([absent, present]) => [absent, present !== null])).toEqual(
      courses.steps.map(() => [null, true]),
    );
    expect(probes[0].simulation).toMatchObject({ squaredNorm: { value: 0, se: 0 }, diffusion: { value: 0, se: 0 } });
    expect(Object.values(probes[0].ratio)).toEqual([null, null, null, null, null, null]);
  });

  it('correlates representations however small they are, and those that died out not at all', async () => {
    const small = experiment().replace(/^probes:.*/m, 'probes: [[1e-90, 0, 0], [0, 1e-120, 0]]');
    const { courses } = await onlyPoint(small);
    const whole = await onlyPoint(experiment().replace(/^probes:.*/m, 'probes: [[1, 0, 0], [0, 1, 0]]'));
    courses.selfCorrelation.forEach((row, time) => {
      row.forEach((correlation, k) => {
        expect(correlation?.value).toBeCloseTo(whole.courses.selfCorrelation[time][k]?.value ?? NaN, 9);
      });
    });
    // The second probe is nothing beside the first.
    expect(courses.similarityChange.every((change) => change !== null && change.value < 1)).toBe(true);
    expect(courses.similarityChange.at(-1)?.value).toBeGreaterThan(0);

    // Weights of 1e-200: squared lengths are no numbers until learning has made them larger.
    const dead = experiment().replace(
      /simulation:.*/,
      'simulation: { replicas: 4, lag: 2, burnIn: 0, duration: 40, start: { random: 1.0e-200 } }',
    );
    const output = await inDirectory({ 'small.yaml': dead }, (directory) =>
      meanderOutput(['run', 'small.yaml'], directory),
    );
    expect(output).toContain('no probe is represented');
    expect(output).not.toMatch(/Infinity|NaN/);
  });

  it('advises a smaller learning rate where samples cannot be nearer to each other', async () => {
    const advice = (lag: number): Promise<string> =>
      inDirectory(
        {
          'wild.yaml': `
model: { hiddenUnits: 4, input: [{ kind: gaussian, covariance: [1.3, 1.0, 0.8] }], learningRate: 0.1, weightDecay: 0.1, labelNoiseVariance: 1 }
simulation: { replicas: 4, burnIn: 100, lag: ${lag}, duration: 400 }`,
        },
        async (directory) => {
          const { code, stderr } = await meander(['run', 'wild.yaml'], directory);
          expect(code).toBe(2);
          return stderr;
        },
      );
    expect(await advice(1)).toMatch(
      /wild\.yaml:2:\d+: model\.learningRate: .*in a single step.*; give a smaller learningRate\n$/,
    );
    expect(await advice(5)).toMatch(
      /wild\.yaml:3:\d+: simulation\.lag: .*in the 5 steps .* \(a smaller lag\), or give a smaller/,
    );
  });

  it('gives a single learned mode no diffusion and no directed drift, but a fluctuation', async () => {
    const point = await onlyPoint(experiment({ hiddenUnits: 1 }));
    expect(point.singularValues).toHaveLength(1);
    expect(point.rotationDiffusionEigenvalues).toEqual([]);
    for (const { diffusion, directedSpeed, simulation, ratio } of point.probes) {
      expect({ diffusion, directedSpeed }).toEqual({ diffusion: 0, directedSpeed: 0 });
      expect(simulation.diffusion).toMatchObject({ value: 0, se: 0 });
      expect(ratio.diffusion).toBeNull();
      expect(simulation.fluctuation.value).toBeGreaterThan(0);
    }
  });
});
