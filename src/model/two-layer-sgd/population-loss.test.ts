import { describe, expect, it } from 'vitest';
import { add, apply, diagonal, fromRows, multiply, norm, sliceCols, transpose } from '#linalg';
import { replicaStreams } from '#random';
import {
  gaussianPart,
  inputDistribution,
  inputs,
  outputs,
  populationLoss,
  randomStart,
  width,
  type Model,
} from '../index.js';
import { InputSampler } from '../input/sampler.js';

const model: Model = {
  hiddenUnits: 4,
  target: fromRows([
    [1, 0.2, -0.3],
    [0.5, -1, 0.4],
  ]),
  input: inputDistribution(
    3,
    [gaussianPart(0.5, diagonal([1.5, 1, 0.5]))],
    [
      { probability: 0.3, stimulus: [1, 2, -1] },
      { probability: 0.2, stimulus: [0.5, 0, 3] },
    ],
  ),
  learningRate: 0.01,
  weightDecay: 0.3,
  labelNoiseVariance: 0.7,
  batchSize: 1,
};

describe('the population loss', () => {
  it.each([0, 1, 2])('is the average loss of samples, at random weights %i', (replica) => {
    const theta = randomStart(41, replica, 4, width(model), 0.5);
    const w1 = sliceCols(theta, 0, 3);
    const w2 = transpose(sliceCols(theta, 3, 5));
    const residual = add(model.target, multiply(w2, w1), -1);
    const sampler = new InputSampler(model.input);
    const { normal, select } = replicaStreams(41, replica);
    const x = new Float64Array(3);
    const samples = 400_000;
    let sum = 0;
    let squares = 0;
    for (let k = 0; k < samples; k++) {
      sampler.draw(normal, select, x, 0);
      let loss = 0;
      for (const error of apply(residual, x)) {
        loss += (error + Math.sqrt(model.labelNoiseVariance) * normal.next()) ** 2 / 2;
      }
      sum += loss;
      squares += loss * loss;
    }
    const mean = sum / samples;
    const error = Math.sqrt((squares / samples - mean ** 2) / samples);
    const { task, regularized } = populationLoss(model)(theta);
    expect(Math.abs(task - mean)).toBeLessThan(4 * error);
    expect(error).toBeLessThan(0.005 * task);
    expect(regularized - task).toBeCloseTo(0.15 * norm(theta) ** 2, 12);
  });

  it('of a perfect network is the label noise and the decay', () => {
    const scalar: Model = {
      ...model,
      target: fromRows([[6]]),
      input: inputDistribution(1, [], [{ probability: 1, stimulus: [5] }]),
    };
    const { task, regularized } = populationLoss(scalar)(fromRows([[2, 3]]));
    expect(task).toBeCloseTo(0.35, 14);
    expect(regularized).toBeCloseTo(0.35 + 0.15 * 13, 14);
  });
});

it('the sizes of a model come from its target', () => {
  expect([inputs(model), outputs(model), width(model)]).toEqual([3, 2, 5]);
});
