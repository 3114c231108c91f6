import type { Estimate } from '#core';

/** A measured number, its standard error, and its 95% interval from independent replicas. */
export interface Measured extends Estimate {
  readonly interval95: readonly [number, number];
}
