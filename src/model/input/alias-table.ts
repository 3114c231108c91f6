/**
 * Walker's alias table: one uniform u picks entry k with probability p_k. Column c = floor(u K); the remainder of u K
 * decides between c (below `threshold[c]`) and `alias[c]`. Exact up to rounding, O(1) a draw. Shared with the kernel.
 */
export interface AliasTable {
  readonly threshold: Float64Array;
  readonly alias: Int32Array;
}

export function aliasTable(probabilities: ArrayLike<number>): AliasTable {
  const count = probabilities.length;
  const threshold = new Float64Array(count).fill(1);
  const alias = Int32Array.from({ length: count }, (_, k) => k);
  const scaled = Float64Array.from(probabilities, (probability) => probability * count);
  const small: number[] = [];
  const large: number[] = [];
  scaled.forEach((value, k) => (value < 1 ? small : large).push(k));
  for (;;) {
    const low = small.pop();
    const high = large.at(-1);
    if (low === undefined || high === undefined) break;
    threshold[low] = scaled[low];
    alias[low] = high;
    scaled[high] -= 1 - scaled[low];
    if (scaled[high] < 1) {
      large.pop();
      small.push(high);
    }
  }
  return { threshold, alias };
}

/** The entry that one uniform u selects. */
export function pick({ threshold, alias }: AliasTable, u: number): number {
  const position = u * threshold.length;
  const column = Math.floor(position);
  return position - column < threshold[column] ? column : alias[column];
}
