import { symmetricEigen, zeros } from '#linalg';

/** Gauss-Hermite nodes and weights for N(0, 1), from the Jacobi matrix (Golub & Welsch 1969). */
function gaussHermite(count: number): { node: number; weight: number }[] {
  const jacobi = zeros(count, count);
  for (let k = 1; k < count; k++) {
    jacobi.data[k * count + k - 1] = jacobi.data[(k - 1) * count + k] = Math.sqrt(k);
  }
  const { values, vectors } = symmetricEigen(jacobi);
  return Array.from(values, (node, k) => ({ node, weight: vectors.data[k] ** 2 }));
}

/**
 * Smolyak's rule for N(0, I_d), exact to total degree 2 level + 1: sum over levels l of (-1)^(q-|l|) binomial(d-1, q-|l|) times the
 * product rule of l, q = `level`.
 */
export function smolyak(dimensions: number, level: number): { weight: number; z: Float64Array }[] {
  if (dimensions === 0) return [{ weight: 1, z: new Float64Array(0) }];
  const rules = Array.from({ length: level + 1 }, (_, k) => gaussHermite(k + 1));
  const merged = new Map<string, { weight: number; z: Float64Array }>();
  const z = new Float64Array(dimensions);
  const visit = (axis: number, left: number, weight: number): void => {
    if (axis === dimensions) {
      const factor = weight * (left % 2 === 0 ? 1 : -1) * binomial(dimensions - 1, left);
      if (factor === 0) return;
      const key = z.join(' ');
      const known = merged.get(key);
      merged.set(key, { weight: factor + (known?.weight ?? 0), z: z.slice() });
      return;
    }
    for (let k = 0; k <= left; k++) {
      for (const { node, weight: part } of rules[k]) {
        z[axis] = Math.abs(node) < 1e-12 ? 0 : node;
        visit(axis + 1, left - k, weight * part);
      }
    }
  };
  visit(0, level, 1);
  return [...merged.values()].filter(({ weight }) => Math.abs(weight) > 1e-15);
}

export function binomial(n: number, k: number): number {
  let result = 1;
  for (let i = 0; i < k; i++) result = (result * (n - i)) / (i + 1);
  return result;
}
