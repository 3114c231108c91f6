export { extrapolateToZeroRate } from './extrapolate.js';
export type { Extrapolation, RatePoint } from './extrapolate.js';
export { ratio } from './ratio.js';
export { frequencySteps, turningPoints } from './frequency-claim.js';
export type { FrequencyPoint, FrequencyStep, TurningPoint } from './frequency-claim.js';
