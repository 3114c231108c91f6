// How cells and blocks are numbered. Cell (a, c), a < r, c < W, has the number a W + c; cells (a, c) and (c, a) of two learned
// modes form one block (see `ModeBlocks`).

/** Whether (a, c) is the first cell of its block, the one that sums over blocks visit. */
export const isFirst = (a: number, c: number): boolean => c >= a;

/** Number of the block {a, c} among all products x~_a x~_c: a < r and c >= a, row by row. */
export function blockNumber(a: number, c: number, columns: number): number {
  const low = Math.min(a, c);
  return low * columns - (low * (low - 1)) / 2 + Math.abs(a - c);
}

/** Number of blocks: r W - r (r-1)/2. */
export const blockCount = (rank: number, columns: number): number => rank * columns - (rank * (rank - 1)) / 2;
