import type { Operation, ProgramArray } from '#linalg';

/**
 * The products of matrices whose sums may begin with their first term instead of 0. That changes entries from 0 to -0,
 * where all terms are -0, and nothing else; these are the products whose zeros leave no trace in any output. Those of a column and a
 * row are no sums at all.
 *
 * A sum from 0 is never -0, so that the sign of a zero among its factors does not show; and neither does that of b in
 * a + b or a - b where a is such a sum. Elementary functions are 0 at both zeros. Nor does it show in what decays: in w + c (a - d w),
 * d >= 0, the difference is 0 with a sign that depends on a only where w is not -0, to which a zero of any sign adds as it is.
 */
export function sumsWithoutStart(
  operations: readonly Operation[],
  consumers: ReadonlyMap<ProgramArray, readonly (Operation | null)[]>,
): ReadonlySet<ProgramArray> {
  const isSum = ({ kind, a }: Operation): boolean => kind === 'multiply' && a.cols !== 1;
  const products = new Set(operations.filter(isSum).map(({ out }) => out));
  const found = new Set<ProgramArray>(
    operations.filter((operation) => operation.kind === 'multiply' && !isSum(operation)).map(({ out }) => out),
  );
  /** Sums that others rely on to begin with 0. */
  const kept = new Set<ProgramArray>();
  const made = new Map(operations.map((operation) => [operation.out, operation]));
  const withoutFactor = (array: ProgramArray): ProgramArray => {
    const operation = made.get(array);
    return operation?.kind === 'scale' && operation.factor >= 0 ? withoutFactor(operation.a) : array;
  };
  /** Whether an array is used for nothing but to be added, times constants, to `weights`. */
  const isAddedTo = (weights: ProgramArray, array: ProgramArray): boolean =>
    (consumers.get(array) ?? []).every(
      (by) =>
        (by?.kind === 'scale' && isAddedTo(weights, by.out)) ||
        (by?.kind === 'add' && by.a === weights && by.b === array),
    );
  /** The sums that have to begin with 0 so that no sign of a zero of the array shows; null where it shows anyway. */
  const conditions = (array: ProgramArray): ProgramArray[] | null => {
    const all: ProgramArray[] = [];
    for (const consumer of consumers.get(array) ?? []) {
      const own = consumer && conditionsIn(consumer, array);
      if (!own) return null;
      all.push(...own);
    }
    return all;
  };
  const conditionsIn = (consumer: Operation, array: ProgramArray): ProgramArray[] | null => {
    switch (consumer.kind) {
      case 'multiply':
        return isSum(consumer) ? [] : conditions(consumer.out);
      case 'elementary':
      // From 0, as products.
      case 'runningSums':
        return [];
      case 'map':
      case 'inverse':
      case 'solve':
        return null;
      case 'add':
      case 'subtract': {
        const { a, b } = consumer;
        if (array === b && a !== b && products.has(a) && !found.has(a)) return [a];
        if (consumer.kind === 'subtract' && array === a && a !== b && isAddedTo(withoutFactor(b), consumer.out))
          return [];
        return conditions(consumer.out);
      }
      default:
        return conditions(consumer.out);
    }
  };
  for (const { out } of [...operations].reverse()) {
    if (!products.has(out) || kept.has(out)) continue;
    const needed = conditions(out);
    if (!needed) continue;
    found.add(out);
    for (const array of needed) kept.add(array);
  }
  return found;
}
