import { describe, expect, it } from 'vitest';
import {
  ExperimentDocument,
  experimentSchema,
  snapshotPoint,
  prepare,
  resolveExperiment,
  theoryCurve,
} from '../index.js';
import { sweptParameters } from './theory-curve.js';

/** The configuration of a manifest and its frozen points. */
async function frozen(model: object, sweep: Record<string, unknown[]>) {
  const text = JSON.stringify({ name: 'test', model, simulation: { replicas: 4, seed: 1 }, sweep });
  const document = new ExperimentDocument('test', text);
  const experiment = await resolveExperiment(document, () => Promise.reject(new Error('no file')));
  return {
    configuration: experimentSchema.parse(document.toJS()),
    points: prepare(experiment).map((prepared) => snapshotPoint(prepared)),
  };
}

const gaussian = {
  hiddenUnits: 4,
  target: 'identity',
  input: [{ kind: 'gaussian', covariance: [1.3, 1, 0.8] }],
  learningRate: 0.01,
  weightDecay: 0.1,
  labelNoiseVariance: 0.25,
};

describe('the theory along a parameter', () => {
  it('is that of the points at their values, in every number', async () => {
    const input = [
      { weight: 'rest', kind: 'gaussian', covariance: [1.3, 1, 0.8] },
      { weight: 0, kind: 'point', stimulus: [1, 1, 0] },
    ];
    for (const [key, values] of Object.entries({
      'model.learningRate': [0.001, 0.003, 0.01],
      'model.weightDecay': [0.05, 0.2, 0.4],
      'model.labelNoiseVariance': [0, 0.1],
      'model.batchSize': [1, 2, 5],
      'model.hiddenUnits': [2, 3],
      'model.input.1.weight': [0, 0.2, 0.3],
    })) {
      const { configuration, points } = await frozen({ ...gaussian, input }, { [key]: values });
      const along = await theoryCurve(points[0], configuration, points[0].swept[0], [...values].reverse());
      expect(along?.map(({ value }) => value)).toEqual(values);
      expect(along?.map(({ theory }) => theory)).toEqual(points.map(({ theory }) => theory));
    }
  });

  it('knows what paths that are set together are at each point, and has no curve along one of them alone', async () => {
    const input = [
      { kind: 'gaussian', covariance: [1.3, 1, 0.8] },
      { weight: 0, kind: 'point', stimulus: [1, 1, 0] },
    ];
    const { configuration, points } = await frozen(
      { ...gaussian, input },
      {
        'model.weightDecay, model.input.1.weight': [
          [0.1, 0],
          [0.2, 0.1],
        ],
        'model.learningRate': [0.001, 0.01],
      },
    );
    expect(sweptParameters(configuration, 4)[2]).toEqual({
      weightDecay: 0.2,
      'model.input.1.weight': 0.1,
      learningRate: 0.001,
    });
    const along = await theoryCurve(points[0], configuration, 'learningRate', [0.002, 0.01]);
    expect(along?.[1].theory).toEqual(points[1].theory);
    expect(await theoryCurve(points[0], configuration, 'model.input.1.weight', [0, 0.05, 0.1])).toBeNull();
  });

  it('keeps what else is swept, and has no number where there is no theory', async () => {
    const { configuration, points } = await frozen(gaussian, {
      'model.learningRate': [0.001, 0.01],
      'model.weightDecay': [0.1, 0.5],
    });
    expect(sweptParameters(configuration, 4)).toEqual(
      points.map(({ parameters: { learningRate, weightDecay } }) => ({ learningRate, weightDecay })),
    );
    expect(sweptParameters(configuration, 5)).toEqual([]);
    expect(sweptParameters(null, 1)).toEqual([{}]);
    const along = await theoryCurve(points[2], configuration, 'weightDecay', [0.1, 0.5, 2]);
    expect(along?.map(({ theory }) => theory)).toEqual([points[2].theory, points[3].theory, null]);
  });

  it('is left when it is too much work, whatever the machine, and when the file cannot have the values', async () => {
    const wide = {
      ...gaussian,
      hiddenUnits: 12,
      input: [
        { weight: 'rest', kind: 'gaussian', covariance: Array.from({ length: 12 }, (_, i) => 1 + 0.02 * i) },
        { weight: 0.1, kind: 'point', stimulus: Array.from({ length: 12 }, () => 1) },
      ],
    };
    const { configuration, points } = await frozen(wide, { 'model.learningRate': [0.001] });
    const grid = (count: number): number[] => Array.from({ length: count }, (_, k) => 0.001 + 1e-6 * k);
    expect(await theoryCurve(points[0], configuration, 'learningRate', grid(10))).toHaveLength(10);
    expect(await theoryCurve(points[0], configuration, 'learningRate', grid(1000))).toBeNull();
    const length = await frozen(gaussian, { 'model.input.0.kind': ['gaussian'] });
    expect(await theoryCurve(length.points[0], length.configuration, 'model.input.0.kind', [1, 2])).toBeNull();
  });
});
