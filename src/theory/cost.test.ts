import { describe, expect, it } from 'vitest';
import { TheoryDomainError } from '#core';
import { diagonal, fromData, identity, type Matrix } from '#linalg';
import { gaussianPart, inputDistribution, type InputDistribution, type Model } from '#model';
import { predict, predictionOperations, predictionSeconds, predictNextOrder } from './index.js';

const modelOf = (target: Matrix, input: InputDistribution, changes: Partial<Model> = {}): Model => ({
  hiddenUnits: 4,
  target,
  input,
  learningRate: 0.01,
  weightDecay: 0.05,
  labelNoiseVariance: 0.1,
  batchSize: 1,
  ...changes,
});

/** A diagonal Gaussian as one part, without the cost of its factorisation. */
const gaussian = (values: Float64Array): InputDistribution => {
  const covariance = diagonal(values);
  return inputDistribution(values.length, [{ weight: 1, covariance, factor: covariance }], []);
};

/** A Gaussian, and two stimuli off the axes that leave the second moment diagonal. */
function withPair(size: number): InputDistribution {
  const pair = [1, -1].map((sign) => ({
    probability: 0.25,
    stimulus: Float64Array.from({ length: size }, (_, i) => (i === 0 ? 1 : i === 1 ? sign : 0)),
  }));
  return inputDistribution(size, [gaussianPart(0.5, identity(size))], pair);
}

describe('a prediction that does not fit throws TheoryDomainError with the estimate, before it begins', () => {
  const expectRefusal = (predicted: () => unknown, message: RegExp): void => {
    expect(predicted).toThrow(TheoryDomainError);
    expect(predicted).toThrow(message);
  };

  it('the dense matrices of the general path', () => {
    const skew = identity(300);
    skew.data[1] = 1;
    const model = modelOf(skew, gaussian(Float64Array.from({ length: 300 }, (_, i) => 1 + i)));
    expectRefusal(() => predict(model, []), /takes 64\.\d GB, more than 4 GB/);
  });

  it('the blocks of a commuting task', () => {
    const wide = Float64Array.from({ length: 3500 }, (_, i) => 1 + i / 3500);
    const model = modelOf(diagonal(wide), gaussian(wide), { hiddenUnits: 5000 });
    expectRefusal(() => predict(model, []), /3500 learned modes in 3500 dimensions take 3\.4e\+11/);
  });

  it('the samples of a data set', () => {
    const model = modelOf(identity(600), withPair(600), { hiddenUnits: 600 });
    expectRefusal(() => predict(model, []), /2 stimuli of 600 dimensions with 600 learned modes take 4\.\de\+11 multi/);
  });

  it('the next order', () => {
    const model = modelOf(identity(40), gaussian(new Float64Array(40).fill(1)), { hiddenUnits: 40 });
    expectRefusal(() => predictNextOrder(model, []), /40 inputs, 40 outputs and 40 learned modes .* multiplications/);
  });
});

describe('the operations of a prediction', () => {
  it('are Infinity exactly where the rotation tensor is sampled', () => {
    for (const size of [4, 100]) {
      const model = modelOf(identity(size), withPair(size), { hiddenUnits: size });
      const path = size === 4 ? predict(model, []).path : 'sampled';
      expect([path, predictionOperations(model) === Infinity]).toEqual(size === 4 ? ['moments', false] : [path, true]);
    }
  });

  it('grow from the spectral path to the moments and the general one', () => {
    const variances = Float64Array.of(1, 1.5, 2, 2.5);
    const skew = fromData(4, 4, identity(4).data.slice());
    skew.data[1] = 0.5;
    const spectral = predictionOperations(modelOf(identity(4), gaussian(variances)));
    const moments = predictionOperations(modelOf(identity(4), withPair(4)));
    const general = predictionOperations(modelOf(skew, gaussian(variances)));
    expect(spectral).toBeLessThan(moments);
    expect(moments).toBeLessThan(general);
  });
});

describe('the time of a prediction, before it is computed', () => {
  const stimuli = Array.from({ length: 1800 }, (_, k) => ({
    probability: 1 / 1800,
    stimulus: Array.from({ length: 16 }, (__, c) => Math.sin(1 + 1.3 * k * (c + 1) + c * c)),
  }));
  const secondsOf = (gains: ArrayLike<number>, given: readonly (typeof stimuli)[number][]): number =>
    predictionSeconds(
      {
        hiddenUnits: 16,
        target: diagonal(Float64Array.from(gains)),
        input: inputDistribution(16, [], given),
        learningRate: 0.01,
        weightDecay: 0.1,
        labelNoiseVariance: 0,
        batchSize: 1,
      },
      1,
    );
  const graded = Array.from({ length: 16 }, (_, i) => 1 - i / 30);

  it('is seconds for data with gains of their own, which do not share their axes', () => {
    expect(secondsOf(graded, stimuli)).toBeGreaterThan(4);
    expect(secondsOf(new Float64Array(16).fill(1), stimuli)).toBeLessThan(1);
  });

  it('is short where both lie along the coordinates', () => {
    const axes = graded.map((_, i) => ({ probability: 1 / 16, stimulus: graded.map((__, c) => (c === i ? 1 : 0)) }));
    expect(secondsOf(graded, axes)).toBeLessThan(1);
  });
});
