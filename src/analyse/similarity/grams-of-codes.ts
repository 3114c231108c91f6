import { GROUPS, type Codes } from '../codes/codes.js';
import type { Activity, Classes } from './class-gram.js';
import { gramOfFewTrials, gramOfFourGroups, gramOfMeans, type SessionGram } from './session-gram.js';

const MAX_CLASSES = 6;
const MIN_IN_CLASS = 3;
/** Strength of a class in one session, in parts of its error by trial noise, from which it may be divided by. */
const MIN_TOLD = 5;

/** Gram matrices of sessions, over all neurons where none is missing, else over those that a pair of sessions shares. */
export class GramsOfCodes {
  readonly #complete: readonly Uint8Array[];
  readonly #strengths: Strengths;
  readonly #order: readonly number[];
  readonly #kept: SessionGram[] = [];
  readonly #nothingMissing: boolean;

  constructor(readonly codes: Codes) {
    this.#complete = completeNeurons(codes);
    this.#strengths = strengthsOf(codes);
    const { mean } = this.#strengths;
    this.#order = Array.from({ length: codes.neurons }, (_, n) => n).sort((a, b) => mean[a] - mean[b]);
    this.#nothingMissing = this.#complete.every((own) => own.every((present) => present === 1));
  }

  /** The neurons that two sessions share, in classes of about the same strength, and the Gram matrices over them. */
  pair(a: number, b: number): { readonly classes: Classes; readonly first: SessionGram; readonly second: SessionGram } {
    const classes = this.#classes(a, b);
    if (!this.#nothingMissing) {
      return { classes, first: this.#make(a, b, classes), second: this.#make(b, a, classes) };
    }
    return { classes, first: this.#of(a, classes), second: this.#of(b, classes) };
  }

  #classes(a: number, b: number): Classes {
    const shared = this.#order.filter((n) => this.#complete[a][n] === 1 && this.#complete[b][n] === 1);
    let count = Math.max(1, Math.min(MAX_CLASSES, Math.floor(shared.length / MIN_IN_CLASS)));
    while (count > 1 && !this.#isTold(classOf(shared, 0, count))) count--;
    return Array.from({ length: count }, (_, c) => classOf(shared, c, count));
  }

  /**
   * Whether noise leaves enough of the strength of these neurons in one session to divide by it: a ρ² that is divided by the square of a
   * strength of relative error ε is too large by 3 ε², and without bound where the strength may be 0. It is the mean strength over all sessions
   * that decides, so that no session is judged by its own noise.
   */
  #isTold(members: readonly number[]): boolean {
    const sum = (of: Float64Array): number => members.reduce((total, n) => total + of[n], 0);
    const { mean, variance } = this.#strengths;
    return this.codes.stimuli * sum(mean) ** 2 > MIN_TOLD ** 2 * sum(variance) && sum(mean) > 0;
  }

  #of(session: number, classes: Classes): SessionGram {
    const neighbour = session + 1 < this.codes.sessions ? session + 1 : session - 1;
    return (this.#kept[session] ??= this.#make(session, neighbour, classes));
  }

  #make(session: number, other: number, classes: Classes): SessionGram {
    const { stimuli, neurons, mean, groups } = this.codes;
    const cells = stimuli * neurons;
    if (!groups) return gramOfMeans(partOf(mean, session, 1, 0, cells), stimuli, classes);
    const groupsOf = (s: number): Activity[] =>
      Array.from({ length: groups.count }, (_, g) => partOf(groups.mean, s, groups.count, g, cells));
    if (groups.count === GROUPS) return gramOfFourGroups(groupsOf(session), stimuli, classes);
    return gramOfFewTrials(groupsOf(session), groupsOf(other), stimuli, classes);
  }
}

/** Part k of `of` parts of a session. */
const partOf = (array: Float64Array, s: number, of: number, k: number, cells: number): Float64Array =>
  array.subarray((s * of + k) * cells, (s * of + k + 1) * cells);

/** Neurons with a value for every stimulus in a session (in every group of trials), 1 or 0 each. */
function completeNeurons({ sessions, stimuli, neurons, mean, groups }: Codes): readonly Uint8Array[] {
  const cells = stimuli * neurons;
  return Array.from({ length: sessions }, (_, s) => {
    const complete = new Uint8Array(neurons).fill(1);
    const drop = (values: Activity): void => {
      for (let c = 0; c < values.length; c++) if (Number.isNaN(values[c])) complete[c % neurons] = 0;
    };
    drop(partOf(mean, s, 1, 0, cells));
    for (let g = 0; groups && g < groups.count; g++) drop(partOf(groups.mean, s, groups.count, g, cells));
    return complete;
  });
}

/** Class c of `count`, from neurons in order. */
const classOf = (neurons: readonly number[], c: number, count: number): readonly number[] =>
  neurons.slice(Math.round((c * neurons.length) / count), Math.round(((c + 1) * neurons.length) / count));

/** Of every neuron: h², mean over stimuli and sessions, and the variance by trial noise of its estimate x̄² - s²/K from one stimulus. */
interface Strengths {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** With ν the noise of x̄ the variance of x̄² is 4 h² ν + 2 ν², and that of s²/K is 2 ν²/(K - 1). */
function strengthsOf({ neurons, trials, mean, noise }: Codes): Strengths {
  const sums = new Float64Array(neurons);
  const noises = new Float64Array(neurons);
  const counts = new Float64Array(neurons);
  for (let c = 0; c < mean.length; c++) {
    if (Number.isNaN(mean[c])) continue;
    sums[c % neurons] += mean[c] ** 2 - noise[c];
    noises[c % neurons] += noise[c];
    counts[c % neurons]++;
  }
  const strength = sums.map((sum, n) => sum / (counts[n] || 1));
  const variance = noises.map((sum, n) => {
    const own = sum / (counts[n] || 1);
    return 4 * Math.max(0, strength[n]) * own + 2 * own * own * (1 + 1 / Math.max(1, trials - 1));
  });
  return { mean: strength, variance };
}
