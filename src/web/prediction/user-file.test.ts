import { describe, expect, it } from 'vitest';
import { experimentOfFile } from './user-file.js';

describe('a point of a sweep', () => {
  it('has the value that a spaced sweep gives it, as a sweep of that value', async () => {
    const text = `model: { hiddenUnits: 4, input: [{ kind: gaussian, covariance: [1, 0.8] }], learningRate: 0.01, weightDecay: 0.1 }
sweep: { model.weightDecay: { logspace: [0.01, 0.04, 3] } }`;
    const file = { name: 'a.yaml', bytes: new TextEncoder().encode(text) };
    const { experiment, points, isProtocol } = await experimentOfFile(file, [], 1);
    expect(isProtocol).toBe(false);
    expect(points).toEqual(['weightDecay 0.01', 'weightDecay 0.02', 'weightDecay 0.04']);
    expect(experiment).toMatchObject({ model: { weightDecay: 0.02 }, sweep: { 'model.weightDecay': [0.02] } });
  });
});

describe('a phase', () => {
  it('is opened as a world that stays as it is', async () => {
    const text = `model:
  hiddenUnits: 4
  input: [{ kind: gaussian, covariance: [1, 0.8] }, { kind: point, stimulus: [1, 0], weight: 0.1 }]
  learningRate: 0.01
  weightDecay: 0.1
phases: [{ name: a }, { name: b, weights: [rest, 0.4], weightDecay: 0.2 }]
sweep: { model.learningRate: [0.01, 0.02] }`;
    const file = { name: 'a.yaml', bytes: new TextEncoder().encode(text) };
    const { experiment, points, isProtocol } = await experimentOfFile(file, [], 3);
    expect(isProtocol).toBe(true);
    expect(points).toEqual([
      'phase a, learningRate 0.01',
      'phase b, learningRate 0.01',
      'phase a, learningRate 0.02',
      'phase b, learningRate 0.02',
    ]);
    expect(experiment).toMatchObject({
      model: { learningRate: 0.02, weightDecay: 0.2, input: [{ weight: 'rest' }, { weight: 0.4 }] },
    });
    expect(experiment).not.toHaveProperty('phases');
    expect((await experimentOfFile(file, [], 2)).experiment).toMatchObject({ model: { weightDecay: 0.1 } });
  });
});

describe('a rule file', () => {
  const named = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });
  const experiment = `model: { rule: { file: mine.ts }, input: [{ kind: gaussian, covariance: [1] }], learningRate: 0.01 }`;
  const how =
    'which runs on the command line only: meander theory FILE, meander run FILE, or meander sweep FILE --out DIR';

  it('is refused where an experiment names it, with the commands that run it', async () => {
    const files = [named('a.yaml', experiment), named('mine.ts', 'export default {}')];
    await expect(experimentOfFile(files[0], files, 0)).rejects.toThrow(`mine.ts: a rule file is a program, ${how}`);
  });

  it('is refused where it is dropped alone, in the same words', async () => {
    const file = named('mine.ts', 'export default {}');
    await expect(experimentOfFile(file, [file], 0)).rejects.toThrow(`mine.ts: a rule file is a program, ${how}`);
  });
});
