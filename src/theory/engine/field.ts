import { fromData, programInput, recordProgram, taylorAlgebraOver, type Matrix, type ProgramArray } from '#linalg';
import {
  meanSamples,
  noiseSamples,
  vectorOf,
  type RuleDefinition,
  type RuleModel,
  type Sample,
  type SampleColumns,
  type StateArray,
} from '#model';

/** g or a derivative of it as a program over a state, directions and a sample. */
interface UpdateProgram {
  /** The arrays of the state and of the directions, d numbers each. */
  readonly vectors: readonly (readonly ProgramArray[])[];
  readonly sample: Sample<ProgramArray>;
  readonly outputs: readonly ProgramArray[];
  readonly run: () => void;
  /** A run for another sample, everything else as before. */
  readonly runForSample: () => void;
}

/** g of a model with its derivatives, for states as vectors of d numbers. */
export class UpdateField<M extends RuleModel = RuleModel> {
  readonly arrays: readonly StateArray[];
  /** Exact for sums of products of two updates. */
  readonly samples: readonly SampleColumns[];
  readonly #forMean: readonly SampleColumns[];
  readonly #programs = new Map<number, UpdateProgram>();

  constructor(
    readonly rule: RuleDefinition<M>,
    readonly model: M,
  ) {
    this.arrays = rule.arrays(model);
    this.samples = noiseSamples(rule, model);
    this.#forMean = meanSamples(rule, model, this.samples);
  }

  /** g(S, z). */
  at(vector: Float64Array, sample: SampleColumns): Float64Array {
    return this.#of([vector], [sample])[0];
  }

  /** xi: g(S, z) for each of `samples`. */
  updates(vector: Float64Array): Float64Array[] {
    return this.#of([vector], this.samples);
  }

  /** Dg(u) for each of `samples`. */
  derivatives(vector: Float64Array, direction: Float64Array): Float64Array[] {
    return this.#of([vector, direction], this.samples);
  }

  /** f = E g. */
  mean(vector: Float64Array): Float64Array {
    return this.#average([vector]);
  }

  /** Df (d x d). */
  jacobian(vector: Float64Array): Matrix {
    const d = vector.length;
    const result = new Float64Array(d * d);
    const direction = new Float64Array(d);
    for (let j = 0; j < d; j++) {
      direction[j] = 1;
      const column = this.#average([vector, direction]);
      direction[j] = 0;
      for (let i = 0; i < d; i++) result[i * d + j] = column[i];
    }
    return fromData(d, d, result);
  }

  /** D^2 f(u, v). */
  curvature(vector: Float64Array, u: Float64Array, v: Float64Array): Float64Array {
    return this.#average([vector, u, v]);
  }

  /** E of a number that depends on the sample as g does, or on its square. */
  expectation(value: (sample: SampleColumns) => number): number {
    return this.#forMean.reduce((sum, sample) => sum + sample.weight * value(sample), 0);
  }

  #average(vectors: readonly Float64Array[]): Float64Array {
    const sum = new Float64Array(vectors[0].length);
    this.#forEach(vectors, this.#forMean, (outputs, { weight }) => {
      let at = 0;
      for (const { data } of outputs) {
        for (let i = 0; i < data.length; i++) sum[at + i] += weight * data[i];
        at += data.length;
      }
    });
    return sum;
  }

  #of(vectors: readonly Float64Array[], samples: readonly SampleColumns[]): Float64Array[] {
    const results: Float64Array[] = [];
    this.#forEach(vectors, samples, (outputs) => results.push(vectorOf(outputs)));
    return results;
  }

  /** What g (of a state), Dg (and a direction) or D^2 g (and two) is for each sample, in arrays that the next one overwrites. */
  #forEach(
    vectors: readonly Float64Array[],
    samples: readonly SampleColumns[],
    use: (outputs: readonly ProgramArray[], sample: SampleColumns) => void,
  ): void {
    const program = this.#program(vectors.length);
    vectors.forEach((vector, k) => {
      let at = 0;
      for (const array of program.vectors[k]) {
        array.data.set(vector.subarray(at, at + array.data.length));
        at += array.data.length;
      }
    });
    samples.forEach((sample, s) => {
      program.sample.input.data = sample.input.data;
      program.sample.noise.data = sample.noise.data;
      if (s === 0) program.run();
      else program.runForSample();
      use(program.outputs, sample);
    });
  }

  #program(vectors: number): UpdateProgram {
    const known = this.#programs.get(vectors) ?? this.#record(vectors);
    this.#programs.set(vectors, known);
    return known;
  }

  #record(count: number): UpdateProgram {
    const { rule, model, arrays } = this;
    const vectors = Array.from({ length: count }, () => arrays.map(({ rows, cols }) => programInput(rows, cols)));
    const [{ input, noise }] = this.samples;
    const sample = { input: programInput(input.rows, 1), noise: programInput(noise.rows, 1) };
    const { outputs, run, runFor } = recordProgram((algebra) => {
      if (count === 1) return rule.update(algebra, model, vectors[0], sample);
      const taylor = taylorAlgebraOver(algebra);
      const state = vectors[0].map((value, k) => ({
        value,
        first: vectors[1][k],
        second: vectors.at(2)?.[k] ?? null,
        mixed: null,
      }));
      const unperturbed = (value: ProgramArray) => ({ value, first: null, second: null, mixed: null });
      const updates = rule.update(taylor, model, state, {
        input: unperturbed(sample.input),
        noise: unperturbed(sample.noise),
      });
      return updates.map(
        (update) => update[count === 2 ? 'first' : 'mixed'] ?? programInput(update.value.rows, update.value.cols),
      );
    });
    return { vectors, sample, outputs, run, runForSample: runFor([sample.input, sample.noise]) };
  }
}
