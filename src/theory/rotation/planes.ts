/** The plane of hidden modes (a, b), a < b, in which Omega_ab = e_a e_b^T - e_b e_a^T rotates. */
export interface Plane {
  readonly a: number;
  readonly b: number;
}

/** All r (r-1)/2 planes in the order (0,1), (0,2), ..., (1,2), ...: the axes of every rotation vector and tensor. */
export function planes(rank: number): Plane[] {
  const result: Plane[] = [];
  forPlanes(rank, (a, b) => result.push({ a, b }));
  return result;
}

/** Visits all planes in that order; `plane` is their number. */
export function forPlanes(rank: number, visit: (a: number, b: number, plane: number) => void): void {
  let plane = 0;
  for (let a = 0; a < rank; a++) for (let b = a + 1; b < rank; b++) visit(a, b, plane++);
}

/** omega c = sum omega_ab Omega_ab c, where Omega_ab c = c_b e_a - c_a e_b: how far c moves in a small rotation (r numbers). */
export function rotate(omega: ArrayLike<number>, c: ArrayLike<number>): Float64Array {
  const moved = new Float64Array(c.length);
  forPlanes(c.length, (a, b, plane) => {
    moved[a] += omega[plane] * c[b];
    moved[b] -= omega[plane] * c[a];
  });
  return moved;
}
