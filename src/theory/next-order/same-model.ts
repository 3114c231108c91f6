import type { Model } from '#model';

/** Whether two models differ in nothing but their learning rate. */
export const sameExceptLearningRate = (a: Model, b: Model): boolean =>
  same({ ...a, learningRate: 0 }, { ...b, learningRate: 0 });

/** Equality of plain data and arrays of numbers, bit for bit but for the sign of 0. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Float64Array || b instanceof Float64Array) {
    return (
      a instanceof Float64Array &&
      b instanceof Float64Array &&
      a.length === b.length &&
      a.every((value, i) => value === b[i])
    );
  }
  const [left, right] = [Object.entries(a), Object.entries(b)];
  const inRight: ReadonlyMap<string, unknown> = new Map(right);
  return (
    left.length === right.length && left.every(([key, value]) => inRight.has(key) && same(value, inRight.get(key)))
  );
}
