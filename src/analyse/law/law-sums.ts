import { addLawForms, incrementLaw, type IncrementLaw, type WorkingLaw } from '#measure';
import type { Codes } from '../codes/codes.js';

/** Terms of a neuron and stimulus: q of D, F, |v|², the information (6 entries of a symmetric 3 x 3), ‖h‖², sessions of ‖h‖², and a 1. */
export const TERMS = 12;
export const [INFORMATION, STRENGTH, STRENGTH_COUNT, CELLS] = [3, 9, 10, 11];

/** What the fit of the law needs of every neuron and stimulus; [stimulus, neuron, term]. */
export interface LawSums {
  readonly stimuli: number;
  readonly neurons: number;
  /** Whether |v|² is fitted: four sessions at least. */
  readonly directed: boolean;
  readonly sums: Float64Array;
}

/** Sessions from which D and F, and with them |v|², can be told apart. */
export const MIN_FOR_DIFFUSION = 3;
const MIN_FOR_SPEED = 4;

/**
 * Each neuron's own increments, over the sessions in which it was recorded, whatever the gaps between them. Neurons that were
 * recorded in fewer than three sessions add to the strength only. Cost: stimuli x neurons x sessions².
 */
export function lawSums(codes: Codes, working: WorkingLaw | null, directed = codes.sessions >= MIN_FOR_SPEED): LawSums {
  const { sessions, stimuli, neurons, times, mean, noise } = codes;
  const sums = new Float64Array(stimuli * neurons * TERMS);
  const laws = new Map<string, IncrementLaw>();
  let complete: IncrementLaw | null = null;
  const increments = new Float64Array(sessions);
  const errors = new Float64Array(sessions);
  const present: number[] = [];
  for (let i = 0; i < stimuli; i++) {
    for (let n = 0; n < neurons; n++) {
      const start = (i * neurons + n) * TERMS;
      present.length = 0;
      let before = NaN;
      for (let s = 0; s < sessions; s++) {
        const cell = (s * stimuli + i) * neurons + n;
        if (Number.isNaN(mean[cell])) continue;
        if (present.length > 0) increments[present.length - 1] = mean[cell] - before;
        before = mean[cell];
        errors[present.length] = noise[cell];
        sums[start + STRENGTH] += mean[cell] ** 2 - noise[cell];
        present.push(s);
      }
      sums[start + STRENGTH_COUNT] = present.length;
      if (present.length < MIN_FOR_DIFFUSION) continue;
      sums[start + CELLS] = 1;
      // Most neurons are recorded in all sessions.
      const law: IncrementLaw = present.length === sessions ? (complete ??= lawOf(present)) : lawOf(present);
      addLawForms(law, increments, errors, sums, start);
      addInformation(law, sums, start + INFORMATION);
    }
  }
  return { stimuli, neurons, directed, sums };

  function lawOf(chosen: readonly number[]): IncrementLaw {
    const key = chosen.join();
    let law = laws.get(key);
    if (!law) {
      law = incrementLaw(
        chosen.map((s) => times[s]),
        working,
        directed,
      );
      laws.set(key, law);
    }
    return law;
  }
}

/** The upper triangle of I: DD, DF, Dv, FF, Fv, vv. */
function addInformation({ information: { rows, data } }: IncrementLaw, out: Float64Array, offset: number): void {
  let k = offset;
  for (let a = 0; a < 3; a++) {
    for (let b = a; b < 3; b++, k++) if (b < rows) out[k] += data[a * rows + b];
  }
}
