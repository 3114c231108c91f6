import type { WeightedSample } from '#model';
import type { ModeCoordinates } from '../solvers/general/mode-coordinates.js';

/**
 * The gradient of the loss of one sample at Theta* + N, in mode coordinates, order by order in N = [X | Z] (both r x (n+m),
 * row-major as NormalMode). With e0 = R x + eps, h0 = W1 x at Theta*, e1 = -(W2 X + Z^T W1) x, e2 = -Z^T X x:
 *   order 0   [ -W2^T e0 x^T + gamma W1         | -h0 e0^T + gamma W2^T          ]
 *   order 1   [ -(W2^T e1 + Z e0) x^T + gamma X | -(h0 e1^T + X x e0^T) + gamma Z ]
 *   order 2   [ -(W2^T e2 + Z e1) x^T           | -(h0 e2^T + X x e1^T)          ]
 *   order 3   [ -Z e2 x^T                       | -X x e2^T                      ]
 * O(r (n+m)) each.
 */
export class SampleGradient {
  readonly #root: Float64Array;
  readonly #e0: Float64Array;

  constructor(
    private readonly modes: ModeCoordinates,
    private readonly sample: Pick<WeightedSample, 'x' | 'eps'>,
  ) {
    const { inputs: n, outputs: m, residual, singularValues } = modes;
    this.#root = singularValues.map(Math.sqrt);
    this.#e0 = Float64Array.from({ length: m }, (_, i) => {
      let error = sample.eps[i];
      for (let j = 0; j < n; j++) error += residual.data[i * n + j] * sample.x[j];
      return error;
    });
  }

  order0(): Float64Array {
    const { modes, sample } = this;
    const { inputs: n, outputs: m, weightDecay: gamma } = modes;
    const root = this.#root;
    const result = new Float64Array(root.length * (n + m));
    root.forEach((s, a) => {
      const row = a * (n + m);
      for (let j = 0; j < n; j++) result[row + j] = -s * this.#e0[a] * sample.x[j];
      for (let i = 0; i < m; i++) result[row + n + i] = -s * sample.x[a] * this.#e0[i];
      result[row + a] += gamma * s;
      result[row + n + a] += gamma * s;
    });
    return result;
  }

  order1(displacement: Float64Array): Float64Array {
    const { hidden, e1 } = this.#responses(displacement);
    const { inputs: n, outputs: m, weightDecay: gamma } = this.modes;
    const { x } = this.sample;
    const e0 = this.#e0;
    const result = displacement.map((value) => gamma * value);
    this.#root.forEach((s, a) => {
      const row = a * (n + m);
      let back = s * e1[a];
      for (let i = 0; i < m; i++) back += displacement[row + n + i] * e0[i];
      for (let j = 0; j < n; j++) result[row + j] -= back * x[j];
      for (let i = 0; i < m; i++) result[row + n + i] -= s * x[a] * e1[i] + hidden[a] * e0[i];
    });
    return result;
  }

  order2(displacement: Float64Array): Float64Array {
    const { hidden, e1, e2 } = this.#responses(displacement);
    const { inputs: n, outputs: m } = this.modes;
    const { x } = this.sample;
    const result = new Float64Array(displacement.length);
    this.#root.forEach((s, a) => {
      const row = a * (n + m);
      let back = s * e2[a];
      for (let i = 0; i < m; i++) back += displacement[row + n + i] * e1[i];
      for (let j = 0; j < n; j++) result[row + j] = -back * x[j];
      for (let i = 0; i < m; i++) result[row + n + i] = -(s * x[a] * e2[i] + hidden[a] * e1[i]);
    });
    return result;
  }

  order3(displacement: Float64Array): Float64Array {
    const { hidden, e2 } = this.#responses(displacement);
    const { inputs: n, outputs: m } = this.modes;
    const { x } = this.sample;
    const result = new Float64Array(displacement.length);
    this.#root.forEach((_, a) => {
      const row = a * (n + m);
      let back = 0;
      for (let i = 0; i < m; i++) back += displacement[row + n + i] * e2[i];
      for (let j = 0; j < n; j++) result[row + j] = -back * x[j];
      for (let i = 0; i < m; i++) result[row + n + i] = -hidden[a] * e2[i];
    });
    return result;
  }

  /** X x, e1 and e2. */
  #responses(displacement: Float64Array): { hidden: Float64Array; e1: Float64Array; e2: Float64Array } {
    const { inputs: n, outputs: m } = this.modes;
    const { x } = this.sample;
    const root = this.#root;
    const hidden = new Float64Array(root.length);
    const e1 = new Float64Array(m);
    const e2 = new Float64Array(m);
    root.forEach((s, a) => {
      const row = a * (n + m);
      let sum = 0;
      for (let j = 0; j < n; j++) sum += displacement[row + j] * x[j];
      hidden[a] = sum;
      e1[a] -= s * sum;
      for (let i = 0; i < m; i++) {
        e1[i] -= displacement[row + n + i] * s * x[a];
        e2[i] -= displacement[row + n + i] * sum;
      }
    });
    return { hidden, e1, e2 };
  }
}
