import { describe, expect, it } from 'vitest';
import { nextThrottle, unthrottled, type ThrottleState } from './throttle.js';

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

  it('recovers when frames come in time again', () => {
    const low = after(20, frames([20, 16], [8, 85]));
    expect(after(5, frames([60, 16]), low).dutyCycle).toBeCloseTo(0.5, 12);
    expect(after(20, frames([60, 16]), low).dutyCycle).toBe(1);
  });
});
