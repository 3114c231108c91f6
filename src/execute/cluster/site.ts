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
  const result = siteSchema.safeParse({ ...(profile ?? {}), ...given });
  if (!result.success) {
    const [issue] = result.error.issues;
    if (issue.code === 'unrecognized_keys') throw new InvalidInputError(`${name}: ${unknownKey(issue.keys[0])}`);
    throw new InvalidInputError(`${name}: ${issue.path.join('.')}: ${issue.message}`);
  }
  const mistake = siteMistake(result.data);
  if (mistake !== null) throw new InvalidInputError(`${name}: ${mistake}`);
  return result.data;
}

function unknownKey(key: string): string {
  const known = Object.keys(siteSchema.shape);
  const meant = nearest(key, known);
  return `found ${key}, ${meant ? `did you mean ${meant}?` : `expected ${known.join(', ')}`}`;
}
