import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inDirectory } from '../support/directory.js';
import { meander, meanderJson, meanderOutput } from '../support/meander.js';
import { experiment } from '../support/small-run.js';

const swept = experiment({ more: 'sweep: { model.learningRate: [0.02, 0.01] }' });

describe('--plan', () => {
  it('prints times and replica-steps of every point and writes nothing', async () => {
    await inDirectory({ 'small.yaml': swept }, async (directory) => {
      for (const args of [['run'], ['sweep'], ['sweep', '--out', 'out'], ['run', '--out', 'out']]) {
        const stdout = await meanderOutput([...args, 'small.yaml', '--plan'], directory);
        expect(stdout).toMatch(/│ 1 +│ +0.01 │.* 200 │ +20 │ +600 │ +6 │ +4800 │/);
        expect(stdout).toMatch(/9600 replica-steps in 2 points, about \S+ seconds with \d+ workers? on this machine: /);
        expect(existsSync(join(directory, 'out'))).toBe(false);
      }
      const { points, replicaSteps } = await meanderJson<{ points: object[]; replicaSteps: number }>(
        ['run', 'small.yaml', '--plan'],
        directory,
      );
      expect(replicaSteps).toBe(9600);
      expect(points[0]).toMatchObject({ burnIn: 200, lag: 20, duration: 600, replicas: 6, replicaSteps: 4800 });
    });
  });

  it('is not needed to be told that a sweep needs a directory', async () => {
    await inDirectory({ 'small.yaml': swept }, async (directory) => {
      const { code, stderr } = await meander(['sweep', 'small.yaml'], directory);
      expect({ code, stderr }).toEqual({ code: 2, stderr: '--out DIR is missing: the run directory, new or empty\n' });
    });
  });
});
