import { describe, expect, it } from 'vitest';
import { balanced, unthrottled, type ThrottleState } from './throttle.js';

const frames = (...groups: readonly (readonly [count: number, interval: number])[]): number[] =>
  groups.flatMap(([count, interval]) => Array<number>(count).fill(interval));
const after = (windows: number, intervals: readonly number[], from: ThrottleState = unthrottled): ThrottleState =>
  Array.from({ length: windows }).reduce<ThrottleState>((balance) => balanced(balance, intervals), from);

describe('the dutyCycle of the workers', () => {
  it.each([1000 / 60, 1000 / 144, 1000 / 30])('is all of it while frames come in time, every %f ms', (period) => {
    expect(after(5, frames([50, period], [2, 1.4 * period]))).toEqual({ dutyCycle: 1, period });
  });

  it('falls by the part of the time that late frames cost, to a quarter at least', () => {
    const late = frames([20, 16], [8, 85]);
    const lost = (8 * (85 - 16)) / (20 * 16 + 8 * 85);
    expect(after(1, late).dutyCycle).toBeCloseTo(1 - lost, 12);
    expect(after(20, late).dutyCycle).toBe(0.25);
  });

  it('falls too when every frame is late on a display that was seen to be faster', () => {
    const seen = after(1, frames([60, 16]));
    expect(after(1, frames([10, 100]), seen).dutyCycle).toBeLessThan(0.3);
    // A display that is slower from now on is believed in the end.
    expect(after(60, frames([30, 33]), seen)).toEqual({ dutyCycle: 1, period: 33 });
  });

  it('comes back when frames come in time', () => {
    const low = after(20, frames([20, 16], [8, 85]));
    expect(after(5, frames([60, 16]), low).dutyCycle).toBeCloseTo(0.5, 12);
    expect(after(20, frames([60, 16]), low).dutyCycle).toBe(1);
  });
});
