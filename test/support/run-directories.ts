// Small run directories for tests of the store.
import { join } from 'node:path';
import { RunDirectory, type RunDescription, type StoredPoint } from '../../src/store/index.node.js';
import { inDirectory } from './directory.js';

export const description: RunDescription = {
  name: 'test',
  meander: '1.2.3',
  commit: null,
  node: 'v0',
  seeds: [1],
  file: 'test.yaml',
  configuration: { a: 1 },
  quick: false,
  report: null,
  allUnits: false,
  rule: null,
  data: [],
};

/** Large enough to be stored once for all points. */
export const largeArray = Float64Array.from({ length: 20_000 }, (_, i) => Math.sqrt(i));

export const storedPoints = (count: number, replicas: number, taskReplicas: number): StoredPoint[] =>
  Array.from({ length: count }, (_, k) => ({
    replicas,
    taskReplicas,
    steps: 10,
    content: { k, small: Float64Array.of(k, -0), large: largeArray },
  }));

/** Passes a new run directory of `count` points, with tasks of 4 replicas, to `body`. */
export const inRun = (count: number, replicas: number, body: (run: RunDirectory) => Promise<void>): Promise<void> =>
  inDirectory({}, async (directory) => {
    const path = join(directory, 'run');
    await RunDirectory.create(path, () => description, 'text', storedPoints(count, replicas, 4));
    await RunDirectory.use(path, body);
  });
