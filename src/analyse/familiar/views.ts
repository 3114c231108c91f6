import type { Codes } from '../codes/codes.js';

/** A population in one session, or in half of one: M x N means, NaN where a neuron was not recorded. */
export interface View {
  readonly stimuli: number;
  readonly neurons: number;
  readonly mean: Float64Array;
}

/** The trials of a session dealt into two halves; the whole session twice where there are no trials to part. */
export type Halves = readonly [View, View];

export const areParted = ({ groups }: Codes): boolean => groups !== null;

/** Halves of a session, from every other trial. A cell has a value in a half with one trial in it. */
export function halvesOf({ stimuli, neurons, mean, groups }: Codes, session: number): Halves {
  const cells = stimuli * neurons;
  if (!groups) {
    const whole = { stimuli, neurons, mean: mean.subarray(session * cells, (session + 1) * cells) };
    return [whole, whole];
  }
  const half = (which: number): View => {
    const sum = new Float64Array(cells);
    const count = new Uint8Array(cells);
    for (let g = which; g < groups.count; g += 2) {
      const start = (session * groups.count + g) * cells;
      for (let c = 0; c < cells; c++) {
        const value = groups.mean[start + c];
        if (Number.isNaN(value)) continue;
        sum[c] += value;
        count[c]++;
      }
    }
    return { stimuli, neurons, mean: sum.map((value, c) => value / count[c]) };
  };
  return [half(0), half(1)];
}

/** The view without the cells that another session has no value for in one of its halves. */
export function sharedWith(view: View, [first, second]: Halves): View {
  const mean = view.mean.map((value, c) => (Number.isNaN(first.mean[c] + second.mean[c]) ? NaN : value));
  return { ...view, mean };
}

export const isComplete = (halves: Halves): boolean => !halves.some(({ mean }) => mean.some(Number.isNaN));

/** Pearson's correlation of `count` values of x and y from `start` on, over those that both have; NaN for fewer than three or without variance. */
export function correlation(
  x: Float64Array,
  y: Float64Array,
  { start = 0, count }: { readonly start?: number; readonly count: number },
): number {
  const end = start + count;
  let [n, sx, sy] = [0, 0, 0];
  for (let k = start; k < end; k++) {
    if (Number.isNaN(x[k] + y[k])) continue;
    n++;
    sx += x[k];
    sy += y[k];
  }
  if (n < 3) return NaN;
  const [mx, my] = [sx / n, sy / n];
  let [xx, yy, xy] = [0, 0, 0];
  for (let k = start; k < end; k++) {
    const [a, b] = [x[k] - mx, y[k] - my];
    if (Number.isNaN(a + b)) continue;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : NaN;
}

/** Mean of the finite numbers; NaN of none. */
export function finiteMean(values: Iterable<number>): number {
  let [sum, count] = [0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}
