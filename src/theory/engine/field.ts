import { fromData, plainAlgebra, taylorAlgebra, type Matrix } from '#linalg';
import {
  meanSamples,
  noiseSamples,
  partOf,
  stateOf,
  taylorState,
  vectorOf,
  type RuleDefinition,
  type RuleModel,
  type SampleColumns,
  type StateArray,
} from '#model';

/** g of a model with its derivatives, for states as vectors of d numbers. */
export class UpdateField<M extends RuleModel = RuleModel> {
  readonly arrays: readonly StateArray[];
  /** Exact for sums of products of two updates. */
  readonly samples: readonly SampleColumns[];
  readonly #forMean: readonly SampleColumns[];

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
    return vectorOf(this.rule.update(plainAlgebra, this.model, stateOf(this.arrays, vector), sample));
  }

  /** Dg(u) for one sample. */
  derivative(vector: Float64Array, sample: SampleColumns, direction: Float64Array): Float64Array {
    return this.#parts(vector, sample, direction, null, 'first');
  }

  /** f = E g. */
  mean(vector: Float64Array): Float64Array {
    return this.#average(vector, (sample) => this.at(vector, sample));
  }

  /** Df (d x d). */
  jacobian(vector: Float64Array): Matrix {
    const d = vector.length;
    const result = new Float64Array(d * d);
    const direction = new Float64Array(d);
    for (let j = 0; j < d; j++) {
      direction[j] = 1;
      const column = this.#average(vector, (sample) => this.derivative(vector, sample, direction));
      direction[j] = 0;
      for (let i = 0; i < d; i++) result[i * d + j] = column[i];
    }
    return fromData(d, d, result);
  }

  /** D^2 f(u, v). */
  curvature(vector: Float64Array, u: Float64Array, v: Float64Array): Float64Array {
    return this.#average(vector, (sample) => this.#parts(vector, sample, u, v, 'mixed'));
  }

  /** E of a number that depends on the sample as g does, or on its square. */
  expectation(value: (sample: SampleColumns) => number): number {
    return this.#forMean.reduce((sum, sample) => sum + sample.weight * value(sample), 0);
  }

  #average(vector: Float64Array, value: (sample: SampleColumns) => Float64Array): Float64Array {
    const sum = new Float64Array(vector.length);
    for (const sample of this.#forMean) {
      const part = value(sample);
      for (let i = 0; i < sum.length; i++) sum[i] += sample.weight * part[i];
    }
    return sum;
  }

  #parts(
    vector: Float64Array,
    { input, noise }: SampleColumns,
    u: Float64Array,
    v: Float64Array | null,
    part: 'first' | 'mixed',
  ): Float64Array {
    const state = taylorState(this.arrays, vector, u, v);
    const sample = { input: taylorAlgebra.constant(input), noise: taylorAlgebra.constant(noise) };
    return partOf(this.rule.update(taylorAlgebra, this.model, state, sample), part);
  }
}
