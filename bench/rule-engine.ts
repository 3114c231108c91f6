/**
 * The engine for any learning rule against the special paths of two-layer SGD, on random models of every kind of input, with and without
 * label noise, bottlenecks and tasks that do not share their axes with the input: the largest relative difference of each number.
 *
 *   npx tsx --conditions=source bench/rule-engine.ts [--models 200]
 */
import { parseArgs } from 'node:util';
import { comparedWithSpecialPaths, randomDeepModels } from '../test/support/rule-models.js';

const { values } = parseArgs({ options: { models: { type: 'string', default: '200' } } });

const largest: Record<string, number> = {};
let compared = 0;
for (const model of randomDeepModels(Number(values.models))) {
  const differences = comparedWithSpecialPaths(model);
  if (!differences) continue;
  compared++;
  for (const [name, difference] of Object.entries(differences)) {
    largest[name] = Math.max(largest[name] ?? 0, difference);
  }
}
console.log(`${compared} models that both can predict`);
for (const [name, difference] of Object.entries(largest)) console.log(`${name}: ${difference.toExponential(1)}`);
