export { extrapolateToZeroRate } from './extrapolate.js';
export type { Extrapolation, RatePoint } from './extrapolate.js';
export { testMeanVector } from './mean-vector.js';
export type { VectorTest } from './mean-vector.js';
export { ratio } from './ratio.js';
export { fitPowerLaw } from './power-law.js';
export type { PowerLaw } from './power-law.js';
export { agreement, below, isOneSided, MAX_Z, sameSign } from './verdict.js';
export type { Check } from './verdict.js';
