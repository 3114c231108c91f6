/** A measured number and its standard error (same unit). `se` is NaN-free: with one replica it is Infinity. */
export interface Estimate {
  readonly value: number;
  readonly se: number;
}
