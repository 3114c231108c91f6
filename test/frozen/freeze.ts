// npm run frozen: compares every frozen number with what the built command line gives now. `-- --only TEXT`: those outputs
// whose name holds TEXT. `-- --accept`: takes what it gives now as right; the changelog must say why.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../support/meander.js';
import { differencesOf } from './differences.js';
import { digestsOfOutputs } from './outputs.js';

const file = join(root, 'test/frozen/digests.json');
const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, accept: { type: 'boolean' } } });
const digests = await digestsOfOutputs(values.only);
if (values.accept) {
  const kept = values.only === '' ? {} : (JSON.parse(readFileSync(file, 'utf8')) as typeof digests);
  writeFileSync(file, `${JSON.stringify({ ...kept, ...digests }, null, 1)}\n`);
} else {
  const differences = differencesOf(digests);
  for (const difference of differences) console.error(difference);
  console.error(`${Object.keys(digests).length} outputs compared, ${differences.length} numbers changed`);
  if (differences.length > 0) process.exitCode = 1;
}
