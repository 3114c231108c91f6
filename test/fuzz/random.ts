// The random choices of a fuzz case, from the generator of the package: a seed and a number name the case for good.
import { generator } from '#random';

export class Choices {
  readonly #uniform: () => number;

  constructor(seed: number, number: number) {
    const stream = generator(seed, number, 'select');
    this.#uniform = () => stream.uniform();
  }

  /** A whole number from 0 to `below` - 1. */
  whole(below: number): number {
    return Math.floor(this.#uniform() * below);
  }

  chance(probability: number): boolean {
    return this.#uniform() < probability;
  }

  /** One of at least one item. */
  pick<T>(items: readonly T[]): T {
    return items[this.whole(items.length)];
  }
}
