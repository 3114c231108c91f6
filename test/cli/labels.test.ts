import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunReport, TheoryReport } from '#experiment';
import { inDirectory } from '../support/directory.js';
import { meander, meanderJson, meanderOutput } from '../support/meander.js';
import { experiment } from '../support/small-run.js';
import { textsIn } from '../support/svg.js';

const labelled = experiment({
  more: 'sweep: { model.weightDecay: { values: [0.1, 0.2], label: forgetting } }',
}).replace(
  /probes:.*/,
  'probes: [{ stimulus: [1, 0, 0], label: frequent }, [0, 1, 0], { stimulus: [1, 1, 0.5], label: rare }]',
);
const plain = experiment({ more: 'sweep: { model.weightDecay: [0.1, 0.2] }' });

describe('labels of the experiment file', () => {
  it('name probes in tables and reports, and change no number', async () => {
    await inDirectory({ 'labelled.yaml': labelled, 'plain.yaml': plain }, async (directory) => {
      const table = await meanderOutput(['theory', 'labelled.yaml'], directory);
      expect(table).toMatch(/│ 1 frequent +│/);
      expect(table).toMatch(/│ 2 \(axis 2\) +│/);
      expect(await meanderOutput(['run', 'labelled.yaml'], directory)).toMatch(/│ 3 rare +│/);
      const [own, other] = await Promise.all(
        ['labelled.yaml', 'plain.yaml'].map((file) => meanderJson<RunReport>(['run', file], directory)),
      );
      expect(own.points[0].probes.map(({ label }) => label)).toEqual(['frequent', undefined, 'rare']);
      // A run directory stores them.
      const stored = await meanderJson<RunReport>(['run', 'labelled.yaml', '--out', 'run'], directory);
      expect(stored.points[0].probes.map(({ label }) => label)).toEqual(['frequent', undefined, 'rare']);
      const without = own.points.map(({ probes, ...rest }) => ({
        ...rest,
        probes: probes.map((probe) => Object.fromEntries(Object.entries(probe).filter(([key]) => key !== 'label'))),
      }));
      expect(without).toEqual(other.points);
      const theory = await meanderJson<TheoryReport>(['theory', 'labelled.yaml'], directory);
      expect(theory.points[1].probes[2].label).toBe('rare');
    });
  });

  it('are a column of every table, and name probes in conditions, figures and the last line', async () => {
    const labels = ['frequent', null, 'rare'];
    await inDirectory({ 'labelled.yaml': labelled }, async (directory) => {
      const theory = await meanderOutput(['theory', 'labelled.yaml'], directory);
      expect(theory.trimEnd()).toMatch(/fastest: probe \d (frequent|rare), [^\n]*$/);
      await meanderOutput(['run', 'labelled.yaml', '--out', 'run'], directory);
      const rows = async (...args: string[]) => {
        const shown = await meanderJson<Record<string, unknown>[]>(['show', 'run', ...args], directory);
        return shown.map(({ probeLabel, probe }) => [probe, probeLabel]);
      };
      expect(await rows()).toEqual([...labels, ...labels].map((label, k) => [(k % 3) + 1, label]));
      expect(await rows('--where', 'probe=rare', 'point=1')).toEqual([[3, 'rare']]);
      expect(await rows('--where', 'label!=rare', 'point=1')).toEqual([[1, 'frequent']]);
      expect(await rows('--where', 'probe=2', 'point=1')).toEqual([[2, null]]);
      expect(await meanderOutput(['show', 'run', '--columns', 'label,D'], directory)).toMatch(/│ frequent +│/);
      const [head, first] = (await readFile(join(directory, 'run/probes.csv'), 'utf8')).split('\n');
      expect(first.split(',')[head.split(',').indexOf('probeLabel')]).toBe('frequent');
      await meanderOutput(['show', 'run', '--figure', '--probe', 'rare,1'], directory);
      expect(textsIn(await readFile(join(directory, 'run/figures/diffusion-probe-1-3.svg'), 'utf8'))).toEqual(
        expect.arrayContaining(['frequent', 'rare']),
      );
      expect(await meander(['show', 'run', '--figure', '--probe', 'often'], directory)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('or labels: frequent, rare') as string,
      });
    });
  });

  it('name the axis, the legend and the probes of a run directory', async () => {
    await inDirectory({ 'labelled.yaml': labelled }, async (directory) => {
      await meanderOutput(['sweep', 'labelled.yaml', '--out', 'run'], directory);
      expect(await meanderOutput(['show', 'run'], directory)).toMatch(/│ +1 frequent │/);
      await meanderOutput(['show', 'run', '--figure'], directory);
      const figure = async (name: string) => textsIn(await readFile(join(directory, 'run/figures', name), 'utf8'));
      expect(await figure('diffusion.svg')).toEqual(
        expect.arrayContaining(['forgetting', 'frequent', 'probe 2', 'rare']),
      );
      await meanderOutput(['show', 'run', '--figure', '--probe', '3'], directory);
      expect((await figure('diffusion-probe-3.svg')).join(' ')).toContain('rare = [1,1,0.5]');
      await meanderOutput(['show', 'run', '--figure', '--where', 'point=0'], directory);
      const caption = (await figure('probes-point-0.svg')).join(' ');
      expect(caption).toMatch(/probe\s1\s=\sfrequent, probe\s3\s=\srare/);
    });
  });

  it.each([
    ['evenly spaced values', 'sweep: { model.weightDecay: { logspace: [0.1, 0.4, 3], label: forgetting } }', 3],
    ['values without a label', 'sweep: { model.weightDecay: { values: [0.1, 0.2] } }', 2],
  ])('go with %s', async (_, more, points) => {
    await inDirectory({ 'small.yaml': experiment({ more }) }, async (directory) => {
      expect((await meanderJson<TheoryReport>(['theory', 'small.yaml'], directory)).points).toHaveLength(points);
    });
  });

  it.each([
    ['probes: { rows: [0, 1], labels: [a] }', 'probes.labels: found 1 labels, expected 2: one for each probe'],
    [
      'probes: [{ stimulus: [1, 0], label: 3 }]',
      'probes[0].label (probe 1): found 3, expected a text of 1 to 200 letters',
    ],
    ['probes: [{ stimulus: [1, 0], name: a }]', 'probes[0].name (probe 1): unknown key'],
    [
      'sweep: { model.weightDecay: { values: [0.1], logspace: [0.1, 1, 2] } }',
      'sweep.model.weightDecay: found a map with the keys values, logspace, expected a list of values',
    ],
  ])('are refused in %s', async (line, message) => {
    const data = `model:
  hiddenUnits: 4
  input: [{ kind: dataset, file: data.csv }]
  learningRate: 0.01
  weightDecay: 0.1
${line}
`;
    await inDirectory({ 'small.yaml': data, 'data.csv': '1,0\n0,2\n1,1\n' }, async (directory) => {
      const { code, stderr } = await meander(['theory', 'small.yaml'], directory);
      expect(code).toBe(2);
      expect(stderr).toContain(message);
    });
  });

  it('name rows of the data set', async () => {
    const data = `model:
  hiddenUnits: 4
  input: [{ kind: dataset, file: data.csv }]
  learningRate: 0.01
  weightDecay: 0.1
probes: { rows: [0, 2], labels: [first, last] }
`;
    await inDirectory({ 'small.yaml': data, 'data.csv': '1,0\n0,2\n1,1\n' }, async (directory) => {
      const { points } = await meanderJson<TheoryReport>(['theory', 'small.yaml'], directory);
      expect(points[0].probes.map(({ label }) => label)).toEqual(['first', 'last']);
    });
  });
});
