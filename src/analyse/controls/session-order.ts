import { generator } from '#random';
import type { Findings } from '../findings.js';
import { chosen, displacementMatrix, matrixFit } from './session-matrix.js';

const SHUFFLES = 400;

/** D of the sessions in their order and in others, all by the products of increments from displacements; directed drift counts with it. */
interface OrderTest {
  readonly diffusion: number;
  readonly shuffled: { readonly mean: number; readonly deviation: number };
  /** Share of the orders, this one included, in which D is as large. */
  readonly probability: number;
}

/** Null for fewer than four sessions. The shuffles are those of seed 1: the same recording gives the same numbers. */
export function testSessionOrder({ codes, pairs, working }: Findings): OrderTest | null {
  const { sessions, times } = codes;
  if (sessions < 4) return null;
  const matrix = displacementMatrix(pairs, sessions, -1);
  const fit = matrixFit(times, working, false);
  const of = (order: readonly number[]): number => fit(chosen(matrix, order)).diffusion;
  const order = Array.from({ length: sessions }, (_, s) => s);
  const diffusion = of(order);
  if (!Number.isFinite(diffusion)) return null;
  const random = generator(1, 0, 'select');
  const values = Array.from({ length: SHUFFLES }, () => {
    const next = [...order];
    for (let k = sessions - 1; k > 0; k--) {
      const other = Math.min(k, Math.floor(random.uniform() * (k + 1)));
      [next[k], next[other]] = [next[other], next[k]];
    }
    return of(next);
  });
  const mean = values.reduce((sum, value) => sum + value, 0) / SHUFFLES;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (SHUFFLES - 1));
  // The exact order and its mirror image are among the shuffles: a value as large to rounding counts.
  const asLarge = values.filter((value) => value >= diffusion * (1 - 1e-9)).length;
  return { diffusion, shuffled: { mean, deviation }, probability: (asLarge + 1) / (SHUFFLES + 1) };
}

/** Self-correlation of sessions whose neurons are paired at random, mean over pairs: what a code without identity would show. */
export function shuffledNeurons({ codes, pairs }: Findings): number {
  const { stimuli, neurons, mean } = codes;
  const random = generator(1, 1, 'select');
  let [sum, count] = [0, 0];
  for (const {
    sessions: [a, b],
  } of pairs.pairs) {
    const order = Array.from({ length: neurons }, (_, n) => n);
    for (let k = neurons - 1; k > 0; k--) {
      const other = Math.min(k, Math.floor(random.uniform() * (k + 1)));
      [order[k], order[other]] = [order[other], order[k]];
    }
    let [aa, bb, ab] = [0, 0, 0];
    for (let i = 0; i < stimuli; i++) {
      for (let n = 0; n < neurons; n++) {
        const x = mean[(a * stimuli + i) * neurons + n];
        const y = mean[(b * stimuli + i) * neurons + order[n]];
        if (Number.isNaN(x + y)) continue;
        aa += x * x;
        bb += y * y;
        ab += x * y;
      }
    }
    if (!(aa > 0 && bb > 0)) continue;
    sum += ab / Math.sqrt(aa * bb);
    count++;
  }
  return sum / count;
}
