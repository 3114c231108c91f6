import { BlockSums, type Blocks } from '../codes/blocks.js';
import type { Codes } from '../codes/codes.js';
import type { WorkingLaw } from '#measure';
import { lawSums, MIN_FOR_DIFFUSION, type LawSums } from './law-sums.js';
import { motionStatistics } from './motion.js';

const ROUNDS = 2;

/** The fit of the law, and the working law of the mean neuron that weighted it; null where it is unweighted. */
interface FittedLaw {
  readonly sums: LawSums;
  readonly working: WorkingLaw | null;
}

/**
 * The sums of the law weighted by a working law of the mean neuron, found in rounds: first unweighted, then with the D and F found, trial
 * noise counted with F.
 */
export function fitLaw(codes: Codes): FittedLaw {
  let sums = lawSums(codes, null);
  let working: WorkingLaw | null = null;
  if (codes.sessions < MIN_FOR_DIFFUSION) return { sums, working };
  for (let round = 0; round < ROUNDS; round++) {
    const next = workingLaw(codes, sums);
    if (!next) break;
    working = next;
    sums = lawSums(codes, working);
  }
  return { sums, working };
}

/** D and F + noise of the mean neuron and stimulus, with neither below a hundredth of the mean squared increment. */
function workingLaw(codes: Codes, sums: LawSums): WorkingLaw | null {
  const one: Blocks = { count: 1, of: () => 0 };
  const { diffusion, fluctuation } = motionStatistics(sums, one);
  const { square, gap, noise } = increments(codes);
  if (!(square > 0) || !Number.isFinite(diffusion.value)) return null;
  const own = (value: number): number => value / codes.neurons;
  return {
    diffusion: Math.max(own(diffusion.value), (0.01 * square) / gap),
    fluctuation: Math.max(own(fluctuation.value) + noise, 0.01 * square),
  };
}

/** Mean squared increment between neighbouring sessions, mean gap between them, and mean noise of a mean over trials. */
function increments({ sessions, stimuli, neurons, times, mean, noise }: Codes): {
  square: number;
  gap: number;
  noise: number;
} {
  const cells = stimuli * neurons;
  const sums = new BlockSums(1, 1, 4);
  const own = sums.own(0, 0);
  for (let c = 0; c < sessions * cells; c++) {
    if (Number.isNaN(mean[c])) continue;
    own[2] += noise[c];
    own[3]++;
    if (c < cells || Number.isNaN(mean[c - cells])) continue;
    own[0] += (mean[c] - mean[c - cells]) ** 2;
    own[1]++;
  }
  return {
    square: own[0] / own[1],
    gap: (times[sessions - 1] - times[0]) / (sessions - 1),
    noise: own[2] / own[3],
  };
}
