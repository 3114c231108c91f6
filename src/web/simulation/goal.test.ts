import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Goal } from './goal.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Whether a promise is settled once all that waits for nothing has run. */
async function isDone(promise: Promise<unknown>): Promise<boolean> {
  let done = false;
  void promise.then(() => (done = true));
  await vi.advanceTimersByTimeAsync(0);
  return done;
}
const command = { kind: 'goal', number: 1, samples: Infinity, maxSampleRate: Infinity, dutyCycle: 1 } as const;

it('the next sample waits for the pace', async () => {
  const goal = new Goal();
  goal.set({ ...command, maxSampleRate: 1 });
  const due = goal.untilDue(5, performance.now());
  await vi.advanceTimersByTimeAsync(900);
  expect(await isDone(due)).toBe(false);
  await vi.advanceTimersByTimeAsync(101);
  expect(await isDone(due)).toBe(true);
  expect(await due).toBe(true);
});

it('a limit holds up who has reached it, until another one or another goal comes', async () => {
  const goal = new Goal();
  goal.set(command);
  const waits: string[] = [];
  const wait = (samples: number, name: string): void => {
    void goal.untilBehind(samples).then(() => waits.push(name));
  };
  wait(9, 'no limit');
  await vi.advanceTimersByTimeAsync(0);
  goal.limit(5);
  wait(4, 'below it');
  await vi.advanceTimersByTimeAsync(0);
  expect(waits).toEqual(['no limit', 'below it']);
  wait(5, 'at it');
  goal.limit(5);
  await vi.advanceTimersByTimeAsync(0);
  expect(waits).toHaveLength(2);
  goal.limit(6);
  await vi.advanceTimersByTimeAsync(0);
  expect(waits.at(-1)).toBe('at it');
  wait(6, 'another goal');
  goal.set({ ...command, number: 2, samples: 0 });
  await vi.advanceTimersByTimeAsync(0);
  expect(waits.at(-1)).toBe('another goal');
});

it('a limit wakes nobody who has reached the goal', async () => {
  const goal = new Goal();
  goal.set({ ...command, samples: 3 });
  const changed = goal.changed;
  goal.limit(2);
  expect(goal.isAhead(3)).toBe(false);
  expect(await isDone(changed)).toBe(false);
});

it('no time to rest is reported where the next sample is due', async () => {
  const goal = new Goal();
  goal.set(command);
  expect(await goal.untilDue(5, performance.now())).toBe(false);
});

it.each([
  ['stops at the samples that are there', { samples: 0, maxSampleRate: 1 }],
  ['has no pace', { samples: 9 }],
])('a goal that %s does not wait for the pace before', async (_, change) => {
  const goal = new Goal();
  goal.set({ ...command, maxSampleRate: 1 });
  const due = goal.untilDue(5, performance.now());
  expect(await isDone(due)).toBe(false);
  goal.set({ ...command, ...change });
  expect(await isDone(due)).toBe(true);
});
