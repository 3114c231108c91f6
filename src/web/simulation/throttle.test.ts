import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextThrottle, unthrottled, watchFrames, type ThrottleState } from './throttle.js';

const frames = (...groups: readonly (readonly [count: number, interval: number])[]): number[] =>
  groups.flatMap(([count, interval]) => Array<number>(count).fill(interval));
const after = (windows: number, intervals: readonly number[], from: ThrottleState = unthrottled): ThrottleState =>
  Array.from({ length: windows }).reduce<ThrottleState>((state) => nextThrottle(state, intervals), from);

describe('the duty cycle of the workers', () => {
  it.each([1000 / 60, 1000 / 144, 1000 / 30])('is 1 while frames come in time, every %f ms', (period) => {
    expect(after(5, frames([50, period], [2, 1.4 * period]))).toEqual({ dutyCycle: 1, period });
  });

  it('falls by the fraction of the time that late frames cost, but not below 1/4', () => {
    const late = frames([20, 16], [8, 85]);
    const loss = (8 * (85 - 16)) / (20 * 16 + 8 * 85);
    expect(after(1, late).dutyCycle).toBeCloseTo(1 - loss, 12);
    expect(after(20, late).dutyCycle).toBe(0.25);
  });

  it('falls when every frame is late on a display that has been faster', () => {
    const fast = after(1, frames([60, 16]));
    expect(after(1, frames([10, 100]), fast).dutyCycle).toBeLessThan(0.3);
  });

  it('returns to 1 on a display that stays slower', () => {
    const fast = after(1, frames([60, 16]));
    expect(after(60, frames([30, 33]), fast)).toEqual({ dutyCycle: 1, period: 33 });
  });

  it('is 1 while frames come as often as they are wanted, and falls where they come less often', () => {
    const fast = after(1, frames([60, 16]));
    const wanted = (interval: number): number => nextThrottle(fast, frames([10, 16], [20, interval]), 36).dutyCycle;
    expect(wanted(45)).toBe(1);
    expect(wanted(60)).toBeCloseTo((30 * 36) / (10 * 16 + 20 * 60), 12);
  });

  it('recovers when frames come in time again', () => {
    const low = after(20, frames([20, 16], [8, 85]));
    expect(after(5, frames([60, 16]), low).dutyCycle).toBeCloseTo(0.5, 12);
    expect(after(20, frames([60, 16]), low).dutyCycle).toBe(1);
  });
});

describe('the watch of frames', () => {
  let next: ((now: number) => void) | null = null;
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('requestAnimationFrame', (callback: (now: number) => void) => {
      next = callback;
      return 1;
    });
    vi.stubGlobal('cancelAnimationFrame', () => (next = null));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  /** Frames with this time between them, from `now` on, while they are asked for; when the last one was, and how many there were. */
  const drawn = (now: number, interval: number, most: number): { readonly now: number; readonly count: number } => {
    let count = 0;
    for (; next && count < most; count++, now += interval) next(now);
    return { now, count };
  };

  it('rests after a second of frames that came in time, but not while they are late', () => {
    const reported: number[] = [];
    watchFrames(
      (dutyCycle) => reported.push(dutyCycle),
      () => ({ wantedMs: 0, restMs: 4000 }),
    );
    const first = drawn(0, 16, 1000);
    expect(first.count).toBe(64);
    vi.advanceTimersByTime(3999);
    expect(next).toBeNull();
    vi.advanceTimersByTime(1);
    const late = drawn(first.now + 4000, 100, 100);
    expect([late.count, reported.at(-1)]).toEqual([100, 0.25]);
    const again = drawn(late.now, 16, 10_000);
    expect(again.count).toBeLessThan(2000);
    expect(reported.at(-1)).toBe(1);
  });

  it('never rests where it is told not to, and ends with all the time for the workers', () => {
    const reported: number[] = [];
    const stop = watchFrames(
      (dutyCycle) => reported.push(dutyCycle),
      () => ({ wantedMs: 0, restMs: 0 }),
    );
    expect(drawn(0, 16, 1000).count).toBe(1000);
    stop();
    expect([next, reported]).toEqual([null, [1]]);
  });
});
