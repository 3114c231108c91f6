/** The plane of hidden modes (a, b), a < b, in which Omega_ab turns: +1 at (a, b), -1 at (b, a). */
export interface Plane {
  readonly a: number;
  readonly b: number;
}

/** All r (r-1)/2 planes in the order (0,1), (0,2), ..., (1,2), ...: the axes of every rotation vector and tensor. */
export function planes(rank: number): Plane[] {
  const result: Plane[] = [];
  for (let a = 0; a < rank; a++) for (let b = a + 1; b < rank; b++) result.push({ a, b });
  return result;
}
