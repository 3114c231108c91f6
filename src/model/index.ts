export { haarFrame, lift, randomStart, reduce } from './hidden-size.js';
export { changeBasis, errorInputCovariance, gaussianPart, inputDistribution, secondMoment } from './input.js';
export type { GaussianPart, InputDistribution } from './input.js';
export { inputs, outputs, populationLoss, width } from './model.js';
export type { Loss, Model } from './model.js';
export { createReferenceStepper } from './reference.js';
export { aliasTable, entryProbabilities } from './sampler.js';
export type { AliasTable } from './sampler.js';
export type { CreateStepper, Stepper } from './stepper.js';
