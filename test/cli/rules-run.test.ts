import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/experiment/index.js';
import { inDirectory } from '../support/directory.js';
import { meander, meanderJson, meanderOutput } from '../support/meander.js';

const run = async (model: object, simulation: object = {}): Promise<RunReport['points'][number]> => {
  const text = JSON.stringify({
    model: { ...model, learningRate: 0.03 },
    simulation: { replicas: 24, targetError: 0.2, ...simulation },
  });
  let point: RunReport['points'][number] | undefined;
  await inDirectory({ 'rule.json': text }, async (directory) => {
    [point] = (await meanderJson<RunReport>(['run', 'rule.json'], directory)).points;
    expect(await meanderOutput(['run', 'rule.json', '--quick'], directory)).toContain('simulation / theory');
  });
  if (!point) throw new Error('no point');
  return point;
};

const input = [{ kind: 'gaussian', covariance: [1.3, 1, 0.8] }];

describe('meander run of a network with synaptic noise', () => {
  it('tests directed drift over the planes that turn, not those of silent units among themselves', async () => {
    const point = await run({ hiddenUnits: 5, weightDecay: 0.15, input, synapticNoise: { variance: 1e-4 } });
    // Three planes of three learned modes, and three for each of two silent units.
    expect(point.directedVelocityTest?.planes).toBe(9);
    expect(point.directedVelocityTest?.none?.probability).toBeGreaterThan(1e-3);
    for (const { ratio } of point.probes) {
      const { value = NaN, se = NaN } = ratio.diffusion ?? {};
      expect(Math.abs(value - 1)).toBeLessThan(4 * se);
      expect(se).toBeLessThan(0.25);
    }
  });
});

describe('--sources', () => {
  const model = {
    ...{ rule: 'oja', outputs: 2, input: [{ kind: 'gaussian', covariance: [1, 1, 0.2] }], learningRate: 0.03 },
    synapticNoise: { variance: 1e-5 },
  };
  it('of show prints from a run directory what run printed, of the probes that are left', async () => {
    await inDirectory(
      {
        'rule.json': JSON.stringify({
          model,
          probes: [
            [1, 0, 0],
            [0, 1, 0],
          ],
          simulation: { replicas: 8, burnIn: 200, lag: 100, duration: 1000 },
        }),
      },
      async (directory) => {
        const printed = await meanderOutput(['run', 'rule.json', '--sources', '--out', 'kept'], directory);
        const table = await meanderOutput(['show', 'kept', '--sources'], directory);
        expect(table).toContain('diffusion by source at learning rate 0.03');
        expect(printed).toContain(table);
        const of = async (...args: string[]) =>
          JSON.parse(await meanderOutput(['show', 'kept', '--sources', '--json', ...args], directory)) as object[];
        const { noiseSources = [] } = await meanderJson<RunReport>(['run', 'rule.json', '--sources'], directory);
        expect(await of()).toMatchObject(noiseSources.map(({ probes }) => ({ probes, probeNumbers: [1, 2] })));
        expect(await of('--where', 'probe=2')).toMatchObject([
          { probes: [noiseSources[0].probes[1]], probeNumbers: [2] },
        ]);
        const { code, stderr } = await meander(
          ['show', 'kept', '--sources', '--where', 'model.noiseSource=both'],
          directory,
        );
        expect({ code, stderr }).toEqual({
          code: 2,
          stderr:
            '--sources: found no points with both noises and each alone, expected those of run --sources, or of a sweep over model.noiseSource\n',
        });
      },
    );
  });

  const file = (changes: object): Record<string, string> => ({
    'rule.json': JSON.stringify({
      model: { ...model, ...changes },
      probes: [[1, 0, 0]],
      simulation: { replicas: 24, targetError: 0.2 },
    }),
  });

  it('of run measures D with each noise alone and with both, beside the parts of the theory', async () => {
    await inDirectory(file({}), async (directory) => {
      const { points, noiseSources = [] } = await meanderJson<RunReport>(['run', 'rule.json', '--sources'], directory);
      expect(points).toHaveLength(3);
      const [{ probes }] = noiseSources;
      const [{ learning, synaptic, sum, both }] = probes;
      // kappa and eta sigma^2 / 2, in closed form.
      expect((learning.theory ?? 0) / ((0.03 ** 3 * 0.04) / 3.2)).toBeCloseTo(1, 9);
      expect((synaptic.theory ?? 0) / ((0.03 * 1e-5) / 2)).toBeCloseTo(1, 9);
      expect((sum.theory ?? 0) / (both.theory ?? 0)).toBeCloseTo(1, 9);
      for (const { theory, simulation } of [learning, synaptic, sum, both]) {
        // The next order of the learning rate is some 10% here.
        expect(Math.abs(simulation.value / (theory ?? 0) - 1)).toBeLessThan(0.15 + (4 * simulation.se) / (theory ?? 0));
        expect(simulation.se / (theory ?? 0)).toBeLessThan(0.3);
      }
    });
  });

  it('of theory prints exponents of each part', async () => {
    await inDirectory(file({}), async (directory) => {
      const printed = await meanderOutput(['theory', 'rule.json', '--sources'], directory);
      expect(printed).toMatch(/learningRate η +│ +0\.03 │ +3 │ +1 │/);
      expect(printed).toMatch(/irrelevant dimensions n − k +│ +1 to 2 │ +1 │ +0 │/);
    });
  });

  it('is refused without synaptic noise, as synaptic noise alone is', async () => {
    await inDirectory(file({ synapticNoise: undefined }), async (directory) => {
      const wanted = await meander(['run', 'rule.json', '--sources'], directory);
      expect(wanted.code).toBe(2);
      expect(wanted.stderr).toContain('--sources: found no synapticNoise in the model, expected both kinds of noise');
      const alone = await meander(['theory', 'rule.json', '--set', 'model.noiseSource=synaptic'], directory);
      expect(alone.code).toBe(2);
      expect(alone.stderr).toContain('found synaptic, but the model has no synapticNoise of a variance');
    });
  });
});
