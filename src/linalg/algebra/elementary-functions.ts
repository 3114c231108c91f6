import { tanh } from './tanh.js';
import type { ScalarFunction } from './array-algebra.js';

/**
 * Functions of every entry that arrays have by name, because compiled code makes them itself. Not a number stays so, for a simulation that
 * diverged must not look as one that did not.
 */
export type ElementaryFunction = 'relu' | 'positive' | 'tanh';

const zero = (): number => 0;

/** Their values, and the derivatives where there are any: of relu and positive everywhere but at 0. */
export const elementary: Readonly<Record<ElementaryFunction, ScalarFunction>> = {
  relu: { value: (x) => (x <= 0 ? 0 : x), first: (x) => (x > 0 ? 1 : 0), second: zero },
  positive: { value: (x) => (x > 0 ? 1 : 0), first: zero, second: zero },
  tanh: {
    value: tanh,
    first: (x) => 1 - tanh(x) ** 2,
    second: (x) => -2 * tanh(x) * (1 - tanh(x) ** 2),
  },
};
