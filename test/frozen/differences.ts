import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/meander.js';
import type { Digests } from './outputs.js';

/** Which frozen numbers an output lacks or has otherwise. Numbers that are new are no difference. */
export function differencesOf(digests: Readonly<Record<string, Digests>>): string[] {
  const frozen = JSON.parse(readFileSync(join(root, 'test/frozen/digests.json'), 'utf8')) as Record<string, Digests>;
  return Object.entries(digests).flatMap(([output, now]) =>
    Object.entries(frozen[output]).flatMap(([path, digest]) => {
      if (now[path] === digest) return [];
      return [`${output}: ${path} ${path in now ? 'has other numbers' : 'is missing'}`];
    }),
  );
}
