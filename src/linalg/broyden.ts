/** Steps that are remembered. */
const MEMORY = 10;

/**
 * Steps to the zero of a residual f(x) whose derivative is near -I, so that x + f(x) is nearer to it: Broyden's method
 * from that first guess of the derivative, with the steps themselves as memory (Kelley, Iterative Methods for Linear
 * and Nonlinear Equations, 1995, section 7.3). Begins anew, by plain steps x + f(x), where one of its steps leads away
 * or would be more than twice as long. Allocates nothing once made.
 */
export class BroydenSteps {
  readonly #steps: readonly Float64Array[];
  readonly #squares = new Float64Array(MEMORY);
  #taken = 0;
  #lastSize = Infinity;
  /** Plain steps to make before the next one of the method: twice as many after each that has led away. */
  #plain = 0;
  #penalty = 1;

  constructor(size: number) {
    this.#steps = Array.from({ length: MEMORY }, () => new Float64Array(size));
  }

  /** Forgets all steps: those to come concern another zero. */
  restart(): void {
    this.#taken = 0;
    this.#lastSize = Infinity;
    this.#plain = 0;
    this.#penalty = 1;
  }

  /** The step from where the residual is this, its length `size`. Overwritten later. */
  next(residual: Float64Array, size: number): Float64Array {
    if (size > this.#lastSize && this.#taken > 1) {
      this.#plain = this.#penalty;
      this.#penalty *= 2;
    }
    if (this.#taken === MEMORY || this.#plain > 0) this.#taken = 0;
    if (this.#plain > 0) this.#plain--;
    this.#lastSize = size;
    const n = this.#taken;
    const step = this.#steps[n];
    step.set(residual);
    for (let j = 0; j + 1 < n; j++) addMultiple(step, this.#steps[j + 1], this.#along(j, step));
    const share = n > 0 ? this.#along(n - 1, step) : 0;
    if (share < 0.5) {
      const factor = 1 / (1 - share);
      for (let i = 0; i < step.length; i++) step[i] *= factor;
      return this.#keep(n, step);
    }
    this.#steps[0].set(residual);
    return this.#keep(0, this.#steps[0]);
  }

  #keep(index: number, step: Float64Array): Float64Array {
    this.#squares[index] = product(step, step);
    this.#taken = index + 1;
    return step;
  }

  /** The component of a vector along step j, in units of that step. */
  #along(j: number, vector: Float64Array): number {
    return product(this.#steps[j], vector) / this.#squares[j];
  }
}

function addMultiple(target: Float64Array, a: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] += factor * a[i];
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
