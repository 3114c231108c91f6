import { InvalidInputError } from '#core';
import type { Model } from '#model';
import { log } from '#random';
import type { Precision } from '../precision.js';

/** Below this eta gamma the decay of one step is lost among the rounding errors of f32 weights. */
const SINGLE_PRECISION_LIMIT = 1e-6;
/** The scale of the stored weights stays above 2^-32. */
const SCALE_BITS = 32;

/** Throws InvalidInputError when the decay of one step, 1 - eta gamma, is lost in single precision. */
export function assertDecay({ learningRate, weightDecay }: Model, precision: Precision): void {
  const product = learningRate * weightDecay;
  if (precision === 'f32' && product < SINGLE_PRECISION_LIMIT) {
    throw new InvalidInputError(
      `learning rate times weight decay is ${product}: precision f32 needs at least ${SINGLE_PRECISION_LIMIT}; use f64`,
      ['model', 'learningRate'],
    );
  }
}

/** 1 - eta gamma. */
export const decayPerStep = ({ learningRate, weightDecay }: Model): number => 1 - learningRate * weightDecay;

/** Steps after which the scale of the stored weights is multiplied into them; at most `longest`. */
export const rescalingPeriod = (decay: number, longest: number): number =>
  decay === 1 ? longest : Math.min(longest, Math.max(1, Math.floor((-SCALE_BITS * Math.LN2) / log(decay))));
