import type { RunReport, TheoryReport } from '#experiment';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inDirectory } from '../support/directory.js';
import { meander, meanderJson, meanderOutput } from '../support/meander.js';
import { experiment } from '../support/small-run.js';
import { rowsOf } from '../support/sweeps.js';

const swept = experiment({ more: 'sweep: { model.learningRate: [0.02, 0.01] } # two' });
const set = (...settings: string[]): string[] => settings.flatMap((setting) => ['--set', setting]);

const inFiles = (body: (directory: string) => Promise<void>): Promise<void> =>
  inDirectory(
    {
      'small.yaml': experiment(),
      'swept.yaml': swept,
      'small.json': JSON.stringify({
        model: {
          hiddenUnits: 2,
          input: [{ kind: 'gaussian', covariance: [1, 0.8] }],
          learningRate: 0.01,
          weightDecay: 0.1,
        },
      }),
    },
    body,
  );

describe('--set', () => {
  it('sets several keys, also of list entries and sections that the file leaves out, before and after the file', async () => {
    await inFiles(async (directory) => {
      const args = [
        'theory',
        ...set('model.weightDecay=0.2'),
        'small.yaml',
        ...set('model.input.0.weight=0.7', 'model.input.1.weight=0.3'),
      ];
      const { points } = await meanderJson<TheoryReport>(args, directory);
      const text = experiment()
        .replace('weightDecay: 0.1', 'weightDecay: 0.2')
        .replace('0.8, kind', '0.7, kind')
        .replace('0.2, kind', '0.3, kind');
      await inDirectory({ 'small.yaml': text }, async (other) => {
        expect(points).toEqual((await meanderJson<TheoryReport>(['theory', 'small.yaml'], other)).points);
      });
      const other = await meanderJson<TheoryReport>(
        ['theory', 'small.json', ...set('probes=[[1, 1]]', 'simulation.seed=5')],
        directory,
      );
      expect(other.points[0].probes.map(({ stimulus }) => stimulus)).toEqual([[1, 1]]);
    });
  });

  it('fixes a swept key, and sweeps others in the words of the file', async () => {
    await inFiles(async (directory) => {
      const fixed = await meanderJson<RunReport>(['run', 'swept.yaml', ...set('model.learningRate=0.015')], directory);
      expect(fixed.points.map(({ parameters }) => parameters.learningRate)).toEqual([0.015]);
      const settings = set('sweep.model.weightDecay={linspace: [0.1, 0.2, 2]}', 'simulation.replicas=4');
      const made = await meanderJson<RunReport>(['run', 'small.yaml', ...settings], directory);
      expect(made.points.map(({ parameters, plan }) => [parameters.weightDecay, plan.replicas])).toEqual([
        [0.1, 4],
        [0.2, 4],
      ]);
    });
  });

  it('is part of the run directory: its experiment file and its table', async () => {
    await inFiles(async (directory) => {
      await meanderOutput(
        ['sweep', 'swept.yaml', '--out', 'run', ...set('model.weightDecay=0.15', 'name=other')],
        directory,
      );
      expect((await rowsOf(directory)).map(({ weightDecay }) => weightDecay)).toEqual(Array(6).fill(0.15));
      const kept = await readFile(join(directory, 'run/experiment.yaml'), 'utf8');
      expect(kept).toContain('name: other');
      expect(kept).toContain('# two');
      const { points } = await meanderJson<TheoryReport>(['theory', 'run/experiment.yaml'], directory);
      expect(points.map(({ parameters }) => parameters.weightDecay)).toEqual([0.15, 0.15]);
      await meanderOutput(
        ['sweep', 'small.json', '--out', 'json', ...set('simulation={replicas: 2, burnIn: 9, lag: 9, duration: 90}')],
        directory,
      );
      expect(JSON.parse(await readFile(join(directory, 'json/experiment.json'), 'utf8'))).toMatchObject({
        simulation: { replicas: 2, duration: 90 },
      });
    });
  });

  it.each([
    ['model.weightDecay=-1', '--set model.weightDecay=-1: found -1, expected a number of at least 0'],
    ['model.weightDecay=two', '--set model.weightDecay=two: found the text "two", expected a number of at least 0'],
    ['model.learningRate=9', '--set model.learningRate=9: learningRate 9 is beyond stability: '],
    [
      'model.input.0={kind: gaussian, covariance: [1, -1]}',
      '--set model.input.0={kind: gaussian, covariance: [1, -1]}: covariance[1]: found',
    ],
    ['model.weightdecay=1', '--set model.weightdecay=1: unknown key, did you mean weightDecay?'],
    ['weightDecay=1', '--set weightDecay=1: unknown key, did you mean model.weightDecay?'],
    [
      'sweep.model.batchSize=[1, 0]',
      '--set sweep.model.batchSize=[1, 0]: [1]: found 0, expected a whole number from 1',
    ],
    ['model.input.5.weight=1', '--set model.input.5.weight=1: model.input has 2 entries, counted from 0'],
    ['model.weightDecay.x=1', '--set model.weightDecay.x=1: model.weightDecay holds no keys in small.yaml'],
    ['model.weightDecay', '--set model.weightDecay: expected KEY=VALUE, such as model.weightDecay=0.2'],
    ['model.input=[', '--set model.input=[: the value is not valid YAML'],
    ['__proto__.x=1', '--set __proto__.x=1: unknown key, expected one of name, description, model'],
  ])('refuses under its own name: %s', async (setting, message) => {
    await inFiles(async (directory) => {
      const { code, stderr } = await meander(['theory', 'small.yaml', ...set(setting)], directory);
      expect({ code, begin: stderr.slice(0, message.length) }).toEqual({ code: 2, begin: message });
      expect(stderr.trim().split('\n')).toHaveLength(1);
    });
  });
});
