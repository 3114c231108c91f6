import type { Codes } from '../codes/codes.js';

/** A population in one session, or in half of one: M x N means, NaN where a neuron was not recorded. */
export interface View {
  readonly stimuli: number;
  readonly neurons: number;
  readonly mean: Float64Array;
}

export const sessionView = ({ stimuli, neurons, mean }: Codes, session: number): View => ({
  stimuli,
  neurons,
  mean: mean.subarray(session * stimuli * neurons, (session + 1) * stimuli * neurons),
});

/** Halves of a session, from every other trial; null without trials to part. */
export function halves({ stimuli, neurons, groups }: Codes, session: number): readonly [View, View] | null {
  if (!groups) return null;
  const cells = stimuli * neurons;
  const half = (which: number): View => {
    const mean = new Float64Array(cells);
    let count = 0;
    for (let g = which; g < groups.count; g += 2, count++) {
      const start = (session * groups.count + g) * cells;
      for (let c = 0; c < cells; c++) mean[c] += groups.mean[start + c];
    }
    return { stimuli, neurons, mean: mean.map((sum) => sum / count) };
  };
  return [half(0), half(1)];
}

/** Pearson's correlation over pairs that both have; NaN for fewer than three or without variance. */
export function correlation(count: number, x: (k: number) => number, y: (k: number) => number): number {
  let [n, sx, sy] = [0, 0, 0];
  for (let k = 0; k < count; k++) {
    if (Number.isNaN(x(k) + y(k))) continue;
    n++;
    sx += x(k);
    sy += y(k);
  }
  if (n < 3) return NaN;
  let [xx, yy, xy] = [0, 0, 0];
  for (let k = 0; k < count; k++) {
    const [a, b] = [x(k) - sx / n, y(k) - sy / n];
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
