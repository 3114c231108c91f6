import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/program.js';
import { inDirectory } from '../support/directory.js';
import { collectingIo, meander, meanderJson, meanderOutput } from '../support/meander.js';
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
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: '--out DIR is missing: the run directory, new, empty, or that of this experiment\n',
      });
    });
  });
});

describe('the cost of a long run', () => {
  it.each([
    ['run', null],
    ['run', 'out'],
    ['sweep', 'out'],
  ])('comes first, before the work of meander %s (into %s) begins', async (command, out) => {
    const long = experiment().replace('duration: 600', 'duration: 2000000000');
    await inDirectory({ 'long.yaml': long }, async (directory) => {
      const io = collectingIo();
      const before = new Promise<string>((resolve) => {
        io.signals.once('newListener', () => {
          resolve(io.text().stderr);
          setTimeout(() => io.signals.emit('SIGINT'), 100);
        });
      });
      const into = out === null ? [] : ['--out', join(directory, out)];
      expect(await main([command, join(directory, 'long.yaml'), ...into], io)).toBe(130);
      expect(await before).toMatch(/^1\.2e10 replica-steps, about .* on this machine: relaxation time/);
    });
  });
});
