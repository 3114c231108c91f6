/** Milliseconds over which frames are judged. */
const WINDOW_MS = 1000;
/** Milliseconds between two frames from which the page was hidden. */
const HIDDEN_MS = 1000;
/** Fraction of the time that late frames may cost: 57 of 60 frames remain, where every frame of the display is wanted. */
const MAX_LOSS = 0.05;
const MIN_DUTY_CYCLE = 0.25;
/** What the workers regain in a window whose frames came in time. */
const REGAIN = 0.05;
/** A display may become slower: its period may grow by this factor in a window. */
const MAX_PERIOD_GROWTH = 1.02;

/** The fraction of the time that the workers may work, and the shortest time between frames so far, ms. */
export interface ThrottleState {
  readonly dutyCycle: number;
  readonly period: number;
}

/** Milliseconds between frames that are enough, and those of a rest of the watch. */
export interface FrameWish {
  readonly wantedMs: number;
  readonly restMs: number;
}

/** All the time, on a display whose period is not known yet. */
export const unthrottled: ThrottleState = { dutyCycle: 1, period: Infinity };

/**
 * The state after a window with these times between frames, ms. A frame is late when it comes half a period or more
 * after its time; if a fraction `loss` of the window went into such delays, the duty cycle is multiplied by 1 - loss. Where
 * frames every `wanted` ms are enough, on average, loss is what is missing of these.
 */
export function nextThrottle(
  { dutyCycle, period }: ThrottleState,
  intervals: readonly number[],
  wanted = 0,
): ThrottleState {
  const sorted = [...intervals].sort((a, b) => a - b);
  const shortest = Math.min(sorted[Math.floor(sorted.length / 5)], MAX_PERIOD_GROWTH * period);
  const total = intervals.reduce((sum, interval) => sum + interval, 0);
  const late = intervals.filter((interval) => interval > 1.5 * shortest);
  const delays = late.reduce((sum, interval) => sum + interval - shortest, 0);
  const loss = (wanted > 0 ? Math.max(0, total - intervals.length * wanted) : delays) / total;
  const next = loss > MAX_LOSS ? dutyCycle * (1 - loss) : dutyCycle + REGAIN;
  return { dutyCycle: Math.min(1, Math.max(MIN_DUTY_CYCLE, next)), period: shortest };
}

/**
 * Watches the frames of the page and reports each change of the duty cycle, until the function that it returns is
 * called. After a window in which frames came in time it rests: to watch costs a frame of the page each time.
 */
export function watchFrames(report: (dutyCycle: number) => void, wish: () => FrameWish): () => void {
  let state = unthrottled;
  let intervals: number[] = [];
  let [last, windowStart] = [NaN, NaN];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let frame = requestAnimationFrame(function onFrame(now) {
    frame = requestAnimationFrame(onFrame);
    const interval = now - last;
    last = now;
    if (!(interval < HIDDEN_MS)) {
      // The first frame, or the first one after the page was hidden.
      [intervals, windowStart] = [[], now];
      return;
    }
    intervals.push(interval);
    if (now - windowStart < WINDOW_MS) return;
    const { dutyCycle } = state;
    const { wantedMs, restMs } = wish();
    state = nextThrottle(state, intervals, wantedMs);
    if (state.dutyCycle !== dutyCycle) report(state.dutyCycle);
    [intervals, windowStart] = [[], now];
    if (state.dutyCycle < 1 || restMs === 0) return;
    cancelAnimationFrame(frame);
    last = NaN;
    timer = setTimeout(() => {
      frame = requestAnimationFrame(onFrame);
    }, restMs);
  });
  return () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    report(1);
  };
}
