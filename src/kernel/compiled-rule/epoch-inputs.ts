import type { InputDistribution } from '#model';
import { generator, Shuffle, type Generator } from '#random';

/** What presents stimuli in epochs to replicas in the lanes of vectors, by the streams of the readable step. */
export class EpochInputs {
  readonly #lanes: readonly { readonly source: Generator; readonly shuffle: Shuffle }[];

  /** `replicas` are those of the lanes, `width` of which are in a vector. */
  constructor(
    private readonly input: InputDistribution,
    seed: number,
    replicas: readonly number[],
    private readonly width: number,
  ) {
    this.#lanes = replicas.map((replica) => {
      const source = generator(seed, replica, 'select');
      return { source, shuffle: new Shuffle(input.stimuli.rows, source) };
    });
  }

  /** Writes the next `count` inputs of the lanes of a vector, one after the other in vectors. */
  present(group: number, count: number, vectors: Float64Array): void {
    const { stimuli, size: n } = this.input;
    const { width } = this;
    for (let lane = 0; lane < width; lane++) {
      const { shuffle } = this.#lanes[width * group + lane];
      for (let s = 0; s < count; s++) {
        const from = shuffle.next() * n;
        for (let j = 0; j < n; j++) vectors[(s * n + j) * width + lane] = stimuli.data[from + j];
      }
    }
  }

  /** Words of the generator and of the shuffle of a lane. */
  save(lane: number): { readonly source: Int32Array; readonly shuffle: Int32Array } {
    const { source, shuffle } = this.#lanes[lane];
    return { source: source.state, shuffle: shuffle.state };
  }

  restore(lane: number, source: Int32Array, words: Int32Array): void {
    const own = this.#lanes[lane];
    own.source.state = source;
    own.shuffle.state = words;
  }
}
