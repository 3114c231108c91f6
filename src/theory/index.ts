export { isotropicAutoencoder } from './closed-form.js';
export type { IsotropicAutoencoder } from './closed-form.js';
export { diffusionCoefficient, directedMotion } from './drift.js';
export type { Drift } from './drift.js';
export { predict } from './predict.js';
export type { Prediction, ProbePrediction } from './predict.js';
export type { Plane } from './rotation-planes.js';
