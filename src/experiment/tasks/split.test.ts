import { describe, expect, it } from 'vitest';
import { taskReplicas, taskSize } from './split.js';

describe('the replicas of a task', () => {
  it('are 4 for every 128 of a point where the workers are not known', () => {
    expect([1, 64, 128, 129, 1000].map((replicas) => taskSize(replicas))).toEqual([4, 4, 4, 8, 32]);
    expect(taskSize(1000)).toBe(taskReplicas(1000));
  });

  it('fill vectors of 512 bits where every worker still has a task', () => {
    const sizes = [1, 2, 8, 9, 64].map((workers) => taskSize(64, workers));
    expect(sizes).toEqual([8, 8, 8, 4, 4]);
    expect(taskSize(1000, 2)).toBe(taskReplicas(1000));
  });
});
