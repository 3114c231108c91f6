import { describe, expect, it } from 'vitest';
import type { LabPoint } from '../prediction/messages.js';
import { experimentText, numbersOf, timesOf, withNumbers } from './experiment-file.js';

const experiment = {
  name: 'mine',
  model: { hiddenUnits: 4, learningRate: 0.01, weightDecay: 0.1, input: [{ kind: 'gaussian', covariance: [1, 0.5] }] },
  simulation: { seed: 3, burnIn: 100 },
};

describe('numbersOf', () => {
  it('finds the numbers that the page can set, with the defaults of the file for those that are missing', () => {
    expect(numbersOf(experiment)).toEqual({
      hiddenUnits: 4,
      learningRate: 0.01,
      weightDecay: 0.1,
      labelNoiseVariance: 0,
      batchSize: 1,
      replicas: 64,
      seed: 3,
    });
  });
});

describe('withNumbers', () => {
  it('replaces numbers in the section that holds them and keeps everything else', () => {
    const { model, simulation, ...rest } = withNumbers(experiment, { learningRate: 0.02, replicas: 8 });
    expect(rest).toEqual({ name: 'mine' });
    expect(model).toEqual({ ...experiment.model, learningRate: 0.02 });
    expect(simulation).toEqual({ ...experiment.simulation, replicas: 8 });
  });

  it('drops from the sweep only what is replaced', () => {
    const sweep = { 'model.learningRate': [0.03], 'model.weightDecay': [0.2] };
    expect(withNumbers({ ...experiment, sweep }, { learningRate: 0.02 }).sweep).toEqual({ 'model.weightDecay': [0.2] });
    expect(withNumbers({ ...experiment, sweep: { learningRate: [0.03] } }, { learningRate: 0.02 })).not.toHaveProperty(
      'sweep',
    );
  });
});

describe('timesOf', () => {
  const point = { task: { burnIn: 700, measurement: { lag: 50 } } } as LabPoint;

  it('gives a duration of as many lags as there are between the samples', () => {
    expect(timesOf(point, 4)).toEqual({ burnIn: 700, lag: 50, duration: 150 });
  });

  it('gives nothing before the fourth sample', () => {
    expect(timesOf(point, 3)).toBeUndefined();
  });
});

describe('experimentText', () => {
  it('writes the model and its input line by line, and the times into the simulation', () => {
    expect(experimentText(experiment, { burnIn: 200, lag: 10, duration: 90 })).toBe(`name: "mine"
model:
  hiddenUnits: 4
  learningRate: 0.01
  weightDecay: 0.1
  input:
    - {"kind":"gaussian","covariance":[1,0.5]}
simulation: {"seed":3,"burnIn":200,"lag":10,"duration":90}
`);
  });
});
