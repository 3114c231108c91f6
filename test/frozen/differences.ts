import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/meander.js';
import type { Digests } from './outputs.js';

/** Digests of each output. */
type Outputs = Readonly<Record<string, Digests>>;

export const frozenFile = join(root, 'test/frozen/digests.json');

export const frozenOutputs = (): Outputs => JSON.parse(readFileSync(frozenFile, 'utf8')) as Outputs;

/**
 * How the outputs differ from the frozen ones: an output that is missing on either side, and values that an output lacks
 * or has otherwise. A path of keys that is new in a known output is no difference.
 */
export function differencesBetween(now: Outputs, frozen: Outputs): string[] {
  return [...new Set([...Object.keys(frozen), ...Object.keys(now)])].flatMap((output) => {
    if (!Object.hasOwn(now, output)) return [`${output}: is missing`];
    if (!Object.hasOwn(frozen, output)) return [`${output}: is not frozen`];
    return Object.entries(frozen[output]).flatMap(([path, digest]) => {
      if (now[output][path] === digest) return [];
      return [`${output}: ${path} ${path in now[output] ? 'has other values' : 'is missing'}`];
    });
  });
}

/** How the outputs whose name contains `part` differ from the frozen ones. */
export function differencesOf(now: Outputs, part = ''): string[] {
  const frozen = Object.entries(frozenOutputs()).filter(([output]) => output.includes(part));
  return differencesBetween(now, Object.fromEntries(frozen));
}
