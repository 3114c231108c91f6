import { log } from '#random';
import { combine, jackknife, jackknifeError, type Jackknifed } from '../codes/jackknife.js';
import type { Findings } from '../findings.js';
import { jackknifeMatrices, matrixFit } from './session-matrix.js';
import { isDirected, probabilityOfZero } from './significance.js';

/** A step between two sessions, the second at `session`. */
interface Step {
  readonly session: number;
  readonly size: Jackknifed;
}

/** Probability, over all steps together, at which a step is named. */
const NAMED_BELOW = 0.002;
/** Changes of gain by less than a tenth are not named. */
const MIN_GAIN = 0.1;

/** The step whose squared displacement exceeds the law of all others by most, where that is beyond chance. */
export function findJump(findings: Findings): Step | null {
  const { codes, pairs, working } = findings;
  const { sessions, times } = codes;
  const directed = isDirected(findings);
  if (sessions < 5) return null;
  const matrices = jackknifeMatrices(pairs, sessions);
  const steps = Array.from({ length: sessions - 1 }, (_, k) => {
    const fit = matrixFit(times, working, directed, k + 1);
    return { session: k + 1, size: jackknife(pairs.blocks, (without) => fit(matrices(without)).jump) };
  });
  return mostSignificant(steps, (step) => step.size.value > 0);
}

/**
 * The step at which all activity changed by a factor: with x_b ≈ g x_a, x_a.x_b/‖h_a‖² rises as x_a.x_b/‖h_b‖² falls, beside those of other
 * steps, while a jump or drift lowers one only. The smaller of both changes, as ln g.
 */
export function findGainStep({ codes, pairs }: Findings): Step | null {
  const { sessions } = codes;
  if (sessions < 4) return null;
  const neighbours = Array.from({ length: sessions - 1 }, (_, k) =>
    pairs.pairs.findIndex(({ sessions: [a, b] }) => a === k && b === k + 1),
  );
  const forward = neighbours.map((p) => jackknife(pairs.blocks, (without) => log(pairs.forward(p, without))));
  const backward = neighbours.map((p) => jackknife(pairs.blocks, (without) => log(pairs.backward(p, without))));
  const steps = neighbours.map((_, k): Step => {
    const others = neighbours.map((__, l) => l).filter((l) => l !== k);
    const usual = combine([...others.map((l) => forward[l]), ...others.map((l) => backward[l])], median);
    const rise = combine([forward[k], usual], (own, mean) => own - mean);
    const fall = combine([backward[k], usual], (own, mean) => mean - own);
    const sameSign = rise.value * fall.value > 0;
    const size = Math.abs(rise.value) < Math.abs(fall.value) ? rise : fall;
    return { session: k + 1, size: sameSign ? size : combine([size], () => 0) };
  });
  return mostSignificant(steps, (step) => Math.abs(step.size.value) > MIN_GAIN);
}

function median(...values: number[]): number {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function mostSignificant(steps: readonly Step[], large: (step: Step) => boolean): Step | null {
  let best: Step | null = null;
  for (const step of steps) {
    if (!large(step) || probabilityOfZero(step.size) * steps.length > NAMED_BELOW) continue;
    const z = (own: Step): number => Math.abs(own.size.value) / jackknifeError(own.size);
    if (!best || z(step) > z(best)) best = step;
  }
  return best;
}
