import type { Drift } from '../rotation/drift.js';

/** Mean displacement of the weights over their size, as it matters for a code: at most the largest of all modes. */
export interface OfCode {
  /** Of the modes that the code is made of, by their parts of |c|^2. */
  readonly code: number;
  /** Of the planes in which it turns, by their parts of D. */
  readonly diffusion: number;
  /** Of the same planes, by the squares of their parts of v. */
  readonly velocity: number;
}

/**
 * Weighs the displacement r_a of each mode (relative to its size) by how much it matters for a code c (r numbers):
 * |h|^2 = sum c_a^2 has the part c_a^2 of mode a; the plane (a, b), whose turn depends on the modes a and b alone, is off by
 * max(r_a, r_b) and has the part Var(omega_ab) (c_a^2 + c_b^2) of D where planes are independent, and (E omega_ab)^2 (c_a^2 + c_b^2)
 * of |v|^2. So one mode near its threshold puts off the codes and the planes that it is in, not all of them. O(P) for each code.
 */
export function displacedModes(
  relative: ArrayLike<number>,
  { planes, diffusion, velocity }: Drift,
): (c: ArrayLike<number>) => OfCode {
  const variances = diffusion.planeVariances();
  return (c) => {
    const code = new WeightedMean();
    for (let a = 0; a < c.length; a++) code.add(c[a] ** 2, relative[a]);
    const [turns, drift] = [new WeightedMean(), new WeightedMean()];
    planes.forEach(({ a, b }, p) => {
      const size = c[a] ** 2 + c[b] ** 2;
      const own = Math.max(relative[a], relative[b]);
      turns.add(variances[p] * size, own);
      drift.add(velocity[p] ** 2 * size, own);
    });
    return { code: code.value, diffusion: turns.value, velocity: drift.value };
  };
}

/** 0 where nothing has a weight. */
class WeightedMean {
  #weight = 0;
  #sum = 0;

  add(weight: number, value: number): void {
    this.#weight += weight;
    this.#sum += weight * value;
  }

  get value(): number {
    return this.#weight > 0 ? this.#sum / this.#weight : 0;
  }
}
