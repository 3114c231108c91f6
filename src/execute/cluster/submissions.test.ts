import { describe, expect, it } from 'vitest';
import { siteOf } from './site.js';
import { packed, tasksOf, type Work } from './submissions.node.js';

const site = (over: Record<string, unknown> = {}): ReturnType<typeof siteOf> => siteOf('test', {}, over);
const work = (...steps: readonly number[]): Work[] => steps.map((of, task) => ({ task, steps: of }));
const tasksIn = (tasks: readonly Work[], over?: Record<string, unknown>): number[][] =>
  packed(tasks, site(over)).map(tasksOf);

describe('elements of job arrays', () => {
  it('have work for half a minute and more, for each of their processors', () => {
    const hundred = work(...Array<number>(100).fill(1e9));
    expect(packed(hundred, site())).toHaveLength(50);
    expect(packed(hundred, site({ cpus: 8 }))).toHaveLength(6);
    expect(tasksIn(work(1e6, 1e6, 1e6))).toEqual([[0, 1, 2]]);
    expect(packed(work(...Array<number>(5000).fill(1e11)), site())).toHaveLength(1000);
  });

  it('are as many as asked for, where there are so many tasks', () => {
    const sizes = tasksIn(work(...Array<number>(200).fill(7)), { elements: 15 }).map(({ length }) => length);
    expect(sizes).toHaveLength(15);
    expect(new Set(sizes)).toEqual(new Set([13, 14]));
    expect(packed(work(1, 1), site({ elements: 10 }))).toHaveLength(2);
  });

  it('have about as much to do each, and hold every task once', () => {
    const steps = Array.from({ length: 60 }, (_, k) => (k < 10 ? 100 : 2));
    const elements = tasksIn(work(...steps), { elements: 11 });
    expect(elements.flat()).toEqual(steps.map((_, k) => k));
    const loads = elements.map((tasks) => tasks.reduce((sum, task) => sum + steps[task], 0));
    expect(Math.max(...loads)).toBeLessThanOrEqual(100 + 4);
  });
});
