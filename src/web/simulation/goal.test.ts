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
