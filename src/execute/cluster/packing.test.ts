import { describe, expect, it } from 'vitest';
import { packTasks, tasksOf, type Work } from './packing.js';
import { siteOf } from './site.js';

const site = (overrides: Record<string, unknown> = {}): ReturnType<typeof siteOf> => siteOf('test', {}, overrides);
const work = (...steps: readonly number[]): Work[] => steps.map((of, task) => ({ task, steps: of }));
const packedTasks = (tasks: readonly Work[], overrides?: Record<string, unknown>): number[][] =>
  packTasks(tasks, site(overrides)).map(tasksOf);

describe('the array tasks that tasks are packed into', () => {
  it('have 2e9 replica-steps for each of their processors, and are at most 1000', () => {
    const hundred = work(...Array<number>(100).fill(1e9));
    expect(packTasks(hundred, site())).toHaveLength(50);
    expect(packTasks(hundred, site({ cpus: 8 }))).toHaveLength(6);
    expect(packedTasks(work(1e6, 1e6, 1e6))).toEqual([[0, 1, 2]]);
    expect(packTasks(work(...Array<number>(5000).fill(1e11)), site())).toHaveLength(1000);
  });

  it('are as many as the site says, but not more than there are tasks', () => {
    const sizes = packedTasks(work(...Array<number>(200).fill(7)), { arrayTasks: 15 }).map(({ length }) => length);
    expect(sizes).toHaveLength(15);
    expect(new Set(sizes)).toEqual(new Set([13, 14]));
    expect(packTasks(work(1, 1), site({ arrayTasks: 10 }))).toHaveLength(2);
  });

  it('have about the same amount of work each, and every task once', () => {
    const steps = Array.from({ length: 60 }, (_, k) => (k < 10 ? 100 : 2));
    const arrayTasks = packedTasks(work(...steps), { arrayTasks: 11 });
    expect(arrayTasks.flat()).toEqual(steps.map((_, k) => k));
    const loads = arrayTasks.map((tasks) => tasks.reduce((sum, task) => sum + steps[task], 0));
    expect(Math.max(...loads)).toBeLessThanOrEqual(100 + 4);
  });
});
