import { InvalidInputError, nearest } from '#core';
import { siteMistake } from './site-mistake.js';
import { siteSchema, type Site } from './site-schema.js';

/**
 * Validates a site profile, with the keys of `overrides` in the place of its own. `name` is what error messages call
 * the profile. Throws InvalidInputError.
 */
export function siteOf(name: string, profile: unknown, overrides: Readonly<Record<string, unknown>> = {}): Site {
  if (profile !== null && profile !== undefined && typeof profile !== 'object') {
    throw new InvalidInputError(`${name}: expected keys of a site profile, such as partition and time`);
  }
  const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
  const result = siteSchema.safeParse({ ...withPresentKeys({ ...profile }), ...given });
  if (!result.success) {
    const [issue] = result.error.issues;
    if (issue.code === 'unrecognized_keys') throw new InvalidInputError(`${name}: ${unknownKey(issue.keys[0])}`);
    throw new InvalidInputError(`${name}: ${issue.path.join('.')}: ${issue.message}`);
  }
  const mistake = siteMistake(result.data);
  if (mistake !== null) throw new InvalidInputError(`${name}: ${mistake}`);
  return result.data;
}

/** Keys that had another name before. */
const FORMER_KEYS: Readonly<Record<string, string>> = {
  elements: 'arrayTasks',
  elementVariable: 'arrayTaskVariable',
  firstElement: 'firstArrayTask',
};

/** A profile, or a stored submission, with the present name for each former one. */
function withPresentKeys(profile: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(profile).map(([key, value]) => {
      if (key === 'submit' && typeof value === 'string') return [key, value.replaceAll('{element}', '{arrayTask}')];
      const present = Object.hasOwn(FORMER_KEYS, key) ? FORMER_KEYS[key] : key;
      // With both, the former one stays and is rejected as unknown.
      return [present in profile ? key : present, value];
    }),
  );
}

function unknownKey(key: string): string {
  const known = Object.keys(siteSchema.shape);
  const meant = nearest(key, known);
  return `found ${key}, ${meant ? `did you mean ${meant}?` : `expected ${known.join(', ')}`}`;
}
