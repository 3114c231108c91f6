import { existsSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { prepare, readExperiment, runExperiment } from '#experiment';
import { withLocalPool } from './pool.node.js';

const THREADS = '/proc/self/task';

it.skipIf(!existsSync(THREADS))('starts no more threads than there are tasks, however many are allowed', async () => {
  const { name, points } = await readExperiment({
    model: {
      hiddenUnits: 3,
      input: [{ kind: 'gaussian', covariance: [1.3, 1, 0.8] }],
      learningRate: 0.02,
      weightDecay: 0.1,
    },
    simulation: { replicas: 8, burnIn: 200, lag: 20, duration: 600 },
  });
  const before = readdirSync(THREADS).length;
  let most = 0;
  let tasks = 0;
  await withLocalPool({ workers: 40 }, (runTasks) =>
    runExperiment(name, prepare({ name, points }), async (all) => {
      tasks = all.length;
      const outcomes = await runTasks(all);
      most = readdirSync(THREADS).length - before;
      return outcomes;
    }),
  );
  expect(tasks).toBe(2);
  // Threads stay until the pool is closed; Node adds a few of its own.
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThan(20);
});
