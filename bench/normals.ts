/**
 * The kernel's normals at length: moments to eighth order, Kolmogorov-Smirnov distance, tails beyond 5 sigma.
 *
 *   npx tsx --conditions=source bench/normals.ts [--draws 1e9] [--seed 1]
 *
 * The tests do the same on 10^7 draws; this is for once in a while.
 */
import { parseArgs } from 'node:util';
import { loadKernel } from '#kernel/node';
import { kernelNormals } from '#kernel';

const { values } = parseArgs({
  options: { draws: { type: 'string', default: '1e9' }, seed: { type: 'string', default: '1' } },
});
const total = Number(values.draws);
/** Draws of one replica; the kernel draws for four at a time. */
const EACH = 2_500_000;
const quads = Math.ceil(total / (4 * EACH));

// Counts in narrow bins: the distance is exact at their edges, and no more than 1e-5 phi(0) off between them.
const WIDTH = 1e-5;
const EDGE = 7;
const bins = new Float64Array(Math.round((2 * EDGE) / WIDTH) + 2);
const sums = new Float64Array(9);
const tails = [0, 0];

const kernel = await loadKernel();
for (let quad = 0; quad < quads; quad++) {
  const first = 4 * quad;
  for (const draws of kernelNormals(kernel, Number(values.seed), [first, first + 1, first + 2, first + 3], EACH)) {
    for (const z of draws) {
      let power = 1;
      for (let k = 1; k <= 8; k++) sums[k] += power *= z;
      bins[Math.min(Math.max(Math.ceil((z + EDGE) / WIDTH), 0), bins.length - 1)]++;
      if (z > 5) tails[1]++;
      if (z < -5) tails[0]++;
    }
  }
  if (process.stderr.isTTY) process.stderr.write(`\r${quad + 1} of ${quads}`);
}

const count = 4 * quads * EACH;
/** Phi by its Taylor series (Marsaglia 2004). */
function cumulative(x: number): number {
  let [sum, term] = [x, x];
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) sum += term *= (x * x) / k;
  return 0.5 + (sum * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
}
let below = 0;
let distance = 0;
for (let bin = 0; bin < bins.length - 1; bin++) {
  below += bins[bin];
  distance = Math.max(distance, Math.abs(below / count - cumulative(bin * WIDTH - EDGE)));
}
const moment = (k: number): number => (k % 2 === 1 ? 0 : k < 2 ? 1 : (k - 1) * moment(k - 2));
console.log(`\n${count} draws, seed ${values.seed}`);
console.log(
  `sqrt(N) times the Kolmogorov-Smirnov distance: ${(Math.sqrt(count) * distance).toFixed(2)} (5% point 1.36)`,
);
for (let k = 1; k <= 8; k++) {
  const error = Math.sqrt((moment(2 * k) - moment(k) ** 2) / count);
  const z = (sums[k] / count - moment(k)) / error;
  console.log(
    `moment ${k}: ${(sums[k] / count).toPrecision(7)}, expected ${moment(k)}, ${z.toFixed(2)} standard errors off`,
  );
}
const expected = count * cumulative(-5);
console.log(`beyond -5 and +5: ${tails[0]} and ${tails[1]}, expected ${expected.toFixed(1)} each`);
