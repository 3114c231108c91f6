import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { differences } from '../support/differences.js';
import { experiment, onlyPoint, outputOf } from '../support/small-run.js';

describe('meander run', () => {
  it('prints the same bytes for 1, 2 and 3 workers, and again for 1', async () => {
    const text = experiment({ simulation: ', start: { random: 0.2 }' });
    const counts = ['1', '2', '3', '1'];
    const outputs = await Promise.all(counts.map((count) => outputOf(text, ['--workers', count])));
    expect(new Set(outputs).size).toBe(1);
  });

  it('prints the same bytes for an experiment in YAML and in JSON', async () => {
    const json = JSON.stringify(parse(experiment()), null, 2);
    expect(await outputOf(json, [], 'small.json')).toBe(await outputOf(experiment()));
  });

  it('prints other bytes for another seed', async () => {
    const other = experiment().replace('seed: 3', 'seed: 4');
    expect(await outputOf(other)).not.toBe(await outputOf(experiment()));
  });

  it.each(['manifold', '{ random: 0.2 }'])(
    'measures the same to 1e-10 with reduced hidden units and without, start %s',
    async (start) => {
      const settings = (reduce: boolean) => ({
        hiddenUnits: 40,
        simulation: `, start: ${start}, reduceHiddenUnits: ${reduce}`,
      });
      const [reduced, full] = await Promise.all([true, false].map((flag) => onlyPoint(experiment(settings(flag)))));
      expect(differences([reduced.loss, reduced.probes], [full.loss, full.probes], 1e-10)).toEqual([]);
      expect(reduced.steps).toBe(full.steps);
    },
  );

  it('measures the same bits for a million hidden units as for n + m, in as many steps', async () => {
    const [few, many] = await Promise.all([6, 1_000_000].map((hiddenUnits) => onlyPoint(experiment({ hiddenUnits }))));
    expect(many.steps).toBe(few.steps);
    expect([many.loss, many.probes]).toEqual([few.loss, few.probes]);
  });
});
