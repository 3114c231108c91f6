import { Generator } from './generator.js';
import { NormalSource } from './normal.js';
import { Shuffle } from './shuffle.js';

/**
 * What a stream is for. `...Retry` are the streams of draws that miss (`NormalSource`). The position in the list enters the key
 * and so every number: a new purpose goes to the end.
 */
const purposes = [
  'normal',
  'retry',
  'select',
  'start',
  'startRetry',
  'startAccept',
  'frame',
  'frameRetry',
  'theory',
  'theoryRetry',
  'theorySelect',
  'process',
  'processRetry',
] as const;
export type Purpose = (typeof purposes)[number];

const MASK = (1n << 64n) - 1n;

/** The output function of splitmix64: a bijection of 64-bit words that mixes every bit into every other. */
function mix(word: bigint): bigint {
  let z = word & MASK;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK;
  return z ^ (z >> 31n);
}

/**
 * The xoshiro256+ state of the stream keyed by (seed, replica, purpose): eight signed halves [high, low, ...].
 * So the numbers of a replica do not depend on workers, lanes, blocks, or other replicas.
 */
export function streamState(seed: number, replica: number, purpose: Purpose): Int32Array {
  let key = mix(BigInt(seed) + 0x9e3779b97f4a7c15n);
  key = mix(key ^ mix(BigInt(replica) + 0xd1b54a32d192ed03n));
  key = mix(key ^ mix(BigInt(purposes.indexOf(purpose)) + 0x8cb92ba72f3d8dd7n));
  const state = new Int32Array(8);
  for (let i = 0; i < 4; i++) {
    key = (key + 0x9e3779b97f4a7c15n) & MASK;
    const word = mix(key);
    state[2 * i] = Number(BigInt.asIntN(32, word >> 32n));
    state[2 * i + 1] = Number(BigInt.asIntN(32, word));
  }
  return state;
}

/** The seed of the streams of a later part of the same learning, from 1; that of part 0 is the seed itself. */
export function seedOfPart(seed: number, part: number): number {
  if (part === 0) return seed;
  // The 53 highest bits, which a number holds.
  return Number(mix(mix(BigInt(seed) + 0x2545f4914f6cdd1dn) ^ mix(BigInt(part))) >> 11n);
}

export function generator(seed: number, replica: number, purpose: Purpose): Generator {
  return new Generator(streamState(seed, replica, purpose));
}

/** The streams of one replica during learning. */
export interface ReplicaStreams {
  /** Inputs and label noise. */
  readonly normal: NormalSource;
  /** Which component of the input distribution is presented. */
  readonly select: Generator;
  /** The generators behind both, in a fixed order: their states are the state of the streams. */
  readonly generators: readonly Generator[];
  /** Which stimulus is presented, where none comes again before all have come; driven by `select`. */
  readonly shuffle: Shuffle | null;
}

/** `stimuli` are those that come in epochs; 0 where samples are independent. */
export function replicaStreams(seed: number, replica: number, stimuli = 0): ReplicaStreams {
  const [main, retry, select] = (['normal', 'retry', 'select'] as const).map((name) => generator(seed, replica, name));
  return {
    normal: new NormalSource(main, retry),
    select,
    generators: [main, retry, select],
    shuffle: stimuli > 0 ? new Shuffle(stimuli, select) : null,
  };
}
