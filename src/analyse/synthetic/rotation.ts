import type { NormalSource } from '#random';

const MAX_ROUNDS = 200;

/**
 * Turns every row of `code` (of `neurons` numbers) by one random rotation R whose mean squared displacement is the fraction `square` of
 * a row's squared length: R = (1 - W/2)⁻¹ (1 + W/2), W antisymmetric with independent normal entries of variance square/(neurons - 1).
 * Solved by fixed-point iteration, y = x + W (x + y)/2, which converges for square < 1.
 */
export function rotateByAngle(
  code: Float64Array,
  neurons: number,
  square: number,
  normals: NormalSource,
): Float64Array {
  const scale = Math.sqrt(square / (neurons - 1));
  const generator = new Float64Array(neurons * neurons);
  for (let i = 0; i < neurons; i++) {
    for (let j = 0; j < i; j++) {
      const entry = scale * normals.next();
      generator[i * neurons + j] = entry;
      generator[j * neurons + i] = -entry;
    }
  }
  const result = code.slice();
  const half = new Float64Array(neurons);
  for (let start = 0; start < code.length; start += neurons) {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      for (let n = 0; n < neurons; n++) half[n] = (code[start + n] + result[start + n]) / 2;
      let change = 0;
      for (let i = 0; i < neurons; i++) {
        let sum = code[start + i];
        for (let j = 0; j < neurons; j++) sum += generator[i * neurons + j] * half[j];
        change = Math.max(change, Math.abs(sum - result[start + i]));
        result[start + i] = sum;
      }
      if (change < 1e-12) break;
    }
  }
  return result;
}
