export { extrapolateToZeroRate } from './extrapolate.js';
export type { Extrapolation, RatePoint } from './extrapolate.js';
export { ratio } from './ratio.js';
