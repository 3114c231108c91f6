// npm run frozen: compares every frozen value with what the built command line gives now. `-- --only TEXT`: those
// outputs whose name contains TEXT. `-- --accept`: takes what it gives now as right; the changelog must say why.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { differencesOf, frozenFile, frozenOutputs } from './differences.js';
import { digestsOfOutputs } from './outputs.js';

const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, accept: { type: 'boolean' } } });
const digests = await digestsOfOutputs(values.only);
if (values.accept) {
  const kept = values.only === '' ? {} : frozenOutputs();
  writeFileSync(frozenFile, `${JSON.stringify({ ...kept, ...digests }, null, 1)}\n`);
} else {
  const differences = differencesOf(digests, values.only);
  for (const difference of differences) console.error(difference);
  console.error(`${Object.keys(digests).length} outputs compared, ${differences.length} differences`);
  if (differences.length > 0) process.exitCode = 1;
}
