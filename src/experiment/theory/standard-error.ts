import { errorColumnOf } from '#core';
import type { QuantityName } from '../quantities.js';

/** Standard error of a predicted quantity of a probe; 0 where the theory is exact. */
export function theoryErrorOf(probe: object, name: QuantityName): number {
  const error = (probe as Readonly<Record<string, unknown>>)[errorColumnOf(name)];
  return typeof error === 'number' ? error : 0;
}
