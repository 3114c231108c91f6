import { transferableSymbol, valueSymbol } from 'piscina';
import { beforeAll, describe, expect, it } from 'vitest';
import { CancelledError } from '#core';
import { ExperimentDocument, prepare, resolveExperiment, runExperiment, type Task } from '#experiment';
import { cancelledSlot, controlBytes } from './control.node.js';
import { resultOf, transferablesOf, type TaskOutcome } from '../task-outcome.js';
import runInThread from './worker.node.js';

const text = `name: small
model:
  hiddenUnits: 3
  input: [{ kind: gaussian, covariance: [1.3, 1.0, 0.8] }]
  learningRate: 0.02
  weightDecay: 0.1
  labelNoiseVariance: 0.25
simulation: { replicas: 4, seed: 3, burnIn: 200, lag: 20, duration: 600 }`;

let task: Task;
beforeAll(async () => {
  const document = new ExperimentDocument('small.yaml', text);
  const { name, points } = await resolveExperiment(document, () => Promise.reject(new Error('names no file')));
  const prepared = prepare({ name, points });
  const cancelled = runExperiment(
    name,
    prepared,
    (tasks) => {
      [task] = tasks;
      return Promise.resolve(tasks.map(() => null));
    },
    { keepWeights: true },
  );
  await expect(cancelled).rejects.toThrow(CancelledError);
});

const runOnce = async (
  control = new SharedArrayBuffer(controlBytes),
): Promise<{ outcome: TaskOutcome; buffers: ArrayBuffer[] }> => {
  const movable = (await runInThread({ task, control })) as Record<symbol, unknown>;
  return { outcome: movable[valueSymbol] as TaskOutcome, buffers: movable[transferableSymbol] as ArrayBuffer[] };
};

const arraysOf = (outcome: TaskOutcome): Float64Array[] => {
  const result = resultOf(outcome);
  if (!result) return [];
  const inSummaries = result.summaries.flatMap((summary) => Object.values(summary) as unknown[]);
  return [...inSummaries, ...result.weights.flat().map(({ data }) => data)].filter(
    (value) => value instanceof Float64Array,
  );
};

describe('the outcome of a task in a worker thread', () => {
  it('is transferred with all its arrays, which the sender loses', async () => {
    const { outcome, buffers } = await runOnce();
    const copy = structuredClone(outcome);
    expect(arraysOf(outcome).length).toBeGreaterThan(4 * 10);
    const moved = structuredClone(outcome, { transfer: buffers });
    expect(arraysOf(outcome).map(({ byteLength }) => byteLength)).toEqual(arraysOf(outcome).map(() => 0));
    expect(moved).toEqual(copy);
  });

  it('lists a buffer that arrays share once', async () => {
    const { outcome } = await runOnce();
    if (outcome.kind !== 'done') throw new Error(outcome.kind);
    const shared = new Float64Array(8);
    const weights = [0, 4].map((first) => [{ rows: 2, cols: 2, data: shared.subarray(first, first + 4) }]);
    const buffers = transferablesOf({ kind: 'done', result: { ...outcome.result, summaries: [], weights } });
    expect(buffers).toEqual([shared.buffer]);
  });

  it('is "cancelled" when the task was cancelled before it started', async () => {
    const control = new SharedArrayBuffer(controlBytes);
    new BigInt64Array(control)[cancelledSlot] = 1n;
    expect(await runOnce(control)).toEqual({ outcome: { kind: 'cancelled' }, buffers: [] });
  });
});
