/** Milliseconds over which frames are judged. */
const WINDOW = 1000;
/** Longest time between two frames of a page that is seen. */
const LONGEST = 1000;
/** Part of the time that late frames may cost: 57 of 60 frames remain. */
const TOLERATED = 0.05;
const MIN_DUTY_CYCLE = 0.25;
/** What the workers get back in a window whose frames came in time. */
const REGAINED = 0.05;
/** A display may become slower: its period is believed to grow by this factor in a window. */
const SLOWER = 1.02;

/** What frames cost the workers: the part of their time that they may work, and the shortest time between frames, ms. */
export interface ThrottleState {
  readonly dutyCycle: number;
  readonly period: number;
}

/** All their time, on a display that has not been seen. */
export const unthrottled: ThrottleState = { dutyCycle: 1, period: Infinity };

/**
 * The balance after a window with frames at these distances, ms. A frame is late when it comes half a period after its time; with
 * a part `lost` of the time in such delays, the duty cycle of the workers becomes 1 - lost of what it was.
 */
export function balanced({ dutyCycle, period }: ThrottleState, intervals: readonly number[]): ThrottleState {
  const sorted = [...intervals].sort((a, b) => a - b);
  const shortest = Math.min(sorted[Math.floor(sorted.length / 5)], SLOWER * period);
  const total = intervals.reduce((sum, interval) => sum + interval, 0);
  const late = intervals.filter((interval) => interval > 1.5 * shortest);
  const lost = late.reduce((sum, interval) => sum + interval - shortest, 0) / total;
  const next = lost > TOLERATED ? dutyCycle * (1 - lost) : dutyCycle + REGAINED;
  return { dutyCycle: Math.min(1, Math.max(MIN_DUTY_CYCLE, next)), period: shortest };
}

/** Watches the frames of the page until the function that it returns is called, and tells what the workers may take. */
export function watchFrames(tell: (dutyCycle: number) => void): () => void {
  let balance = unthrottled;
  let intervals: number[] = [];
  let [last, began] = [NaN, NaN];
  let frame = requestAnimationFrame(function see(now) {
    frame = requestAnimationFrame(see);
    const interval = now - last;
    last = now;
    if (!(interval < LONGEST)) {
      // The first frame, or the first one after the page was out of snapshot.
      [intervals, began] = [[], now];
      return;
    }
    intervals.push(interval);
    if (now - began < WINDOW) return;
    const { dutyCycle } = balance;
    balance = balanced(balance, intervals);
    if (balance.dutyCycle !== dutyCycle) tell(balance.dutyCycle);
    [intervals, began] = [[], now];
  });
  return () => {
    cancelAnimationFrame(frame);
    tell(1);
  };
}
