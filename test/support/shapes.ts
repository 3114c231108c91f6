// What the JSON of the small experiment looks like.
import { expect } from 'vitest';

export const number: unknown = expect.any(Number);
const numbers: unknown = expect.arrayContaining([number]);
export const estimate = { value: number, se: number };
export const perQuantity = (one: unknown) => ({
  fluctuation: one,
  diffusion: one,
  relativeDiffusion: one,
  halfLife: one,
  directedSpeed: one,
});

/** The model's parameters, and what the theory says of every point. */
export const theoryShape = {
  parameters: { hiddenUnits: 6, learningRate: 0.02, weightDecay: 0.1, labelNoiseVariance: 0.25, batchSize: 1 },
  singularValues: [number, number, number],
  normalHessianEigenvalues: numbers,
  rotationDiffusionEigenvalues: [number, number, number],
};
