export { stepsOf } from './frequency-points.js';
export { turningPoints } from './frequency-steps.js';
export type { FrequencyStep, TurningPoint } from './frequency-steps.js';
export { claimsMapTable } from './table.js';
