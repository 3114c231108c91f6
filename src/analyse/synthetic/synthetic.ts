import { exp, replicaStreams, type NormalSource } from '#random';
import type { Recording } from '#recording';
import { rotateByAngle } from './rotation.js';

/** What a synthetic recording is made of. Sizes are of the whole code: those of a neuron are a part in `neurons`. */
export interface SyntheticOptions {
  readonly neurons: number;
  readonly stimuli: number;
  readonly trials: number;
  readonly times: readonly number[];
  readonly seed: number;
  /** ‖h‖² at the first session, D, F, |v|; of |v| the root mean square over stimuli, as neurons have speeds of their own. */
  readonly strength: number;
  readonly diffusion: number;
  readonly fluctuation: number;
  readonly directedSpeed: number;
  /** Variance of one trial, summed over neurons. */
  readonly noise: number;
  /** Each neuron and stimulus by itself, or the whole code turned by random rotations, which keep similarity. */
  readonly drift?: 'independent' | 'rotation';
  /** Time after which independent drift has forgotten all but 1/e of where it was: it is bounded, of variance D times this / 2. */
  readonly memory?: number;
  /** Standard deviation of the logarithm of neurons' strengths (0.5). */
  readonly heterogeneity?: number;
  /** Share of the neurons missing in each session, at random. */
  readonly missing?: number;
  /** Factor of all activity in each session. */
  readonly gains?: readonly number[];
  /** Squared displacement added at once before a session. */
  readonly jump?: { readonly session: number; readonly size: number };
  /** Sessions that see the second of two maps, whose codes have nothing else in common. */
  readonly secondMap?: readonly number[];
}

/**
 * A recording whose D, F and |v| are known: h(t) = h(0) + Brownian motion of variance D dt + v t, or rotations of the same mean
 * square; bounded fluctuation of variance F, new in each session; trial noise. Neurons are a sample in all of it: v is normal, of
 * variance |v|²/neurons. The same options give the same numbers everywhere.
 */
export function syntheticRecording(options: SyntheticOptions): Recording {
  const { neurons, stimuli, trials, times, missing = 0 } = options;
  const streams = replicaStreams(options.seed, 0);
  const { normal: normals } = streams;
  const cells = stimuli * neurons;
  const draw = (variance: number): Float64Array => {
    const scale = Math.sqrt(variance / neurons);
    return Float64Array.from({ length: cells }, () => scale * normals.next());
  };
  let code = startingCode(options, normals);
  const otherMap = startingCode(options, normals);
  const centre = code;
  if (options.memory !== undefined) {
    code = code.slice();
    addTo(code, draw((options.diffusion * options.memory) / 2), 1);
  }
  const velocity = draw(options.directedSpeed ** 2);
  const values = new Float64Array(times.length * trials * cells);
  times.forEach((time, s) => {
    if (s > 0) {
      const gap = time - times[s - 1];
      code = moved(code, centre, options, gap, normals);
      addTo(code, velocity, gap);
      if (options.jump?.session === s) addTo(code, draw(options.jump.size), 1);
    }
    const shown = options.secondMap?.includes(s) ? otherMap : code;
    const state = shown.slice();
    addTo(state, draw(options.fluctuation), 1);
    const absent = Uint8Array.from({ length: neurons }, () => (streams.select.uniform() < missing ? 1 : 0));
    const gain = options.gains?.[s] ?? 1;
    for (let k = 0; k < trials; k++) {
      const trial = draw(options.noise);
      const start = (s * trials + k) * cells;
      for (let c = 0; c < cells; c++) values[start + c] = absent[c % neurons] ? NaN : gain * (state[c] + trial[c]);
    }
  });
  return {
    name: `synthetic ${options.seed}`,
    sessions: times.length,
    trials,
    stimuli,
    neurons,
    values,
    times,
    timeUnit: 'day',
    stimulusLabels: Array.from({ length: stimuli }, (_, i) => String(i + 1)),
    noiseFree: false,
    frequencies: null,
  };
}

/** Codes of expected strength `strength`, whose neurons differ: gains are log-normal. */
function startingCode(
  { neurons, stimuli, strength, heterogeneity = 0.5 }: SyntheticOptions,
  normals: NormalSource,
): Float64Array {
  const scales = Float64Array.from(
    { length: neurons },
    () => Math.sqrt(strength / neurons) * exp(heterogeneity * normals.next() - heterogeneity ** 2),
  );
  return Float64Array.from({ length: stimuli * neurons }, (_, c) => scales[c % neurons] * normals.next());
}

function moved(
  code: Float64Array,
  centre: Float64Array,
  options: SyntheticOptions,
  gap: number,
  normals: NormalSource,
): Float64Array {
  const { neurons, strength, diffusion, drift = 'independent', memory } = options;
  if (drift === 'rotation') return rotateByAngle(code, neurons, (diffusion * gap) / strength, normals);
  if (memory !== undefined) {
    const kept = exp(-gap / memory);
    const spread = Math.sqrt((((diffusion * memory) / 2) * (1 - kept * kept)) / neurons);
    return code.map((value, c) => centre[c] + kept * (value - centre[c]) + spread * normals.next());
  }
  const scale = Math.sqrt((diffusion * gap) / neurons);
  return code.map((value) => value + scale * normals.next());
}

function addTo(target: Float64Array, values: Float64Array, factor: number): void {
  for (let c = 0; c < target.length; c++) target[c] += factor * values[c];
}
