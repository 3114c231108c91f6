import { replicaStreams, type ReplicaStreams } from '#random';
import { epochSize } from './input/distribution.js';
import type { State } from './rule.js';
import { ruleOf } from './rules.js';
import type { CreateStepper } from './stepper.js';

/** 32-bit words of the state of a generator. */
const GENERATOR_WORDS = 8;

/** The reference implementation of every learning rule: its readable step, one replica after the other. */
export const createReferenceStepper: CreateStepper = (model, seed, replicas, starts) => {
  const own = replicas.map((replica, i) => ({
    state: starts[i].map((array) => ({ ...array, data: array.data.slice() })),
    streams: replicaStreams(seed, replica, epochSize(model.input)),
  }));
  const step = starts.length > 0 ? ruleOf(model).step(model, starts[0]) : () => undefined;
  return {
    advance(steps) {
      for (const { state, streams } of own) for (let t = 0; t < steps; t++) step(state, streams);
    },
    read(index, into) {
      own[index].state.forEach(({ data }, array) => {
        into[array].data.set(data);
      });
    },
    save: () => joined(own.flatMap(({ state, streams }) => partsOf(state, streams))),
    restore(saved) {
      const expected = own.reduce((sum, { state, streams }) => sum + bytesOf(state, streams), 0);
      if (saved.length !== expected) throw new RangeError(`found ${saved.length} bytes, expected ${expected}`);
      const words = saved.slice().buffer;
      let at = 0;
      for (const { state, streams } of own) {
        for (const { data } of state) {
          data.set(new Float64Array(words, at, data.length));
          at += data.byteLength;
        }
        for (const source of streams.generators) {
          source.state = new Int32Array(words, at, GENERATOR_WORDS);
          at += GENERATOR_WORDS * 4;
        }
        if (streams.shuffle) {
          const { length } = streams.shuffle.state;
          streams.shuffle.state = new Int32Array(words, at, length);
          at += length * 4;
        }
      }
    },
  };
};

const partsOf = (state: State, { generators, shuffle }: ReplicaStreams): (Float64Array | Int32Array)[] => [
  ...state.map(({ data }) => data),
  ...generators.map((source) => source.state),
  ...(shuffle ? [shuffle.state] : []),
];

const bytesOf = (state: State, { generators, shuffle }: ReplicaStreams): number =>
  state.reduce(
    (sum, { data }) => sum + data.byteLength,
    generators.length * GENERATOR_WORDS * 4 + (shuffle?.state.byteLength ?? 0),
  );

function joined(parts: readonly (Float64Array | Int32Array)[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of parts) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}
