import { expect, it } from 'vitest';
import { prepare, readExperiment } from '#experiment';
import { collectingIo } from '../support/meander.js';
import { experiment } from '../support/small-run.js';
import { Cost } from '../../src/cli/cost/cost.js';
import { noteCost } from '../../src/cli/cost/note.js';

async function costOf(text: string): Promise<Cost> {
  const cost = new Cost();
  for (const point of prepare(await readExperiment(text))) cost.add(point);
  return cost;
}

async function noted(text: string, workers?: number): Promise<string> {
  const io = collectingIo();
  await noteCost(await costOf(text), workers, io);
  expect(io.text().stdout).toBe('');
  return io.text().stderr;
}

const longer = (duration: string): string => experiment().replace('duration: 600', `duration: ${duration}`);

it('says nothing before a short run', async () => {
  expect(await noted(experiment())).toBe('');
});

it('tells the replica-steps of a long run, the time with the workers that have work, and why', async () => {
  expect(await noted(longer('2000000000'), 8)).toMatch(
    /^1\.2e10 replica-steps, about [\d.]+ (seconds|minutes|hours) with 2 workers on this machine: relaxation time \d+ steps, 6 replicas, 1e8 lags of 20 steps in the duration given\n$/,
  );
});

it('names the target error where the duration follows from it, and the largest of several points', async () => {
  const text = experiment({ more: 'sweep: { model.learningRate: [0.02, 0.01] }' }).replace(
    /simulation:.*/,
    'simulation: { replicas: 6, seed: 3, targetError: 0.0001 }',
  );
  expect(await noted(text, 1)).toMatch(
    /^\S+ replica-steps in 2 points, about \S+ \w+ with 1 worker on this machine: relaxation time of the largest point \d+ steps, 6 replicas, 6\.683e7 lags of \d+ steps for targetError 0\.0001\n$/,
  );
});

it('is in proportion to the steps', async () => {
  const seconds = (await costOf(longer('2000000000'))).seconds(1e6);
  expect(seconds).toBeCloseTo(12_000.0012, 6);
  expect((await costOf(longer('1000000000'))).seconds(1e6) / seconds).toBeCloseTo(0.5, 6);
});
