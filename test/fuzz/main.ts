// npm run test:fuzz [-- --only NAME --seed S --from N --count N]: random cases, the same for the same seed.
import { parseArgs } from 'node:util';
import { suites } from './suites.js';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    count: { type: 'string' },
  },
});

let broken = 0;
for (const { name, count, what, suite } of suites) {
  if (values.only !== undefined && values.only !== name) continue;
  const begun = performance.now();
  const options = { seed: Number(values.seed), from: Number(values.from), count: Number(values.count ?? count) };
  const { cases, counts, slowest, largest, complaints } = await suite(options);
  const seconds = (performance.now() - begun) / 1000;
  const kinds = Object.entries(counts).map(([kind, number]) => `${number} ${kind}`);
  for (const complaint of complaints) console.log(`${name}: ${complaint}`);
  console.log(
    `${name}: ${cases} ${what} in ${seconds.toFixed(0)} s: ${kinds.join(', ')}; the slowest command took ` +
      `${slowest.toFixed(1)} s, the largest ${Math.round(largest / 2 ** 20)} MB; ${complaints.length} complaints`,
  );
  broken += complaints.length;
}
process.exitCode = broken > 0 ? 1 : 0;
