import { CancelledError, type Progress } from '#core';
import { readReport, resumeRun, runInto } from '#library';
import type { RunReport, TheoryReport } from '#experiment';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inDirectory } from '../support/directory.js';
import { meander, meanderJson, meanderOutput } from '../support/meander.js';
import { experiment } from '../support/small-run.js';

const phases = `phases:
  - { name: rare, steps: 400 }
  - { name: daily, weights: [0.5, 0.5], transient: 100, steps: 500 }
  - { name: stopped, learningRate: 0.01, transient: 100, steps: 500 }
`;
const text = experiment({ more: phases });
const rate = 'sweep: { model.weightDecay: [0.1, 0.2] }\n';

describe('an experiment in phases', () => {
  it('has a point for each phase, with the same numbers whatever the number of workers', async () => {
    await inDirectory({ 'small.yaml': text }, async (directory) => {
      const report = await meanderJson<RunReport>(['run', 'small.yaml', '--workers', '1'], directory);
      expect(await meanderJson(['run', 'small.yaml', '--workers', '2'], directory)).toEqual(report);
      expect(report.points.map(({ parameters }) => [parameters.phase, parameters.learningRate])).toEqual([
        ['rare', 0.02],
        ['daily', 0.02],
        ['stopped', 0.01],
      ]);
      expect(report.points.map(({ phase }) => [phase?.start, phase?.transient, phase?.steps])).toEqual([
        [0, 0, 400],
        [400, 100, 500],
        [900, 100, 500],
      ]);
    });
  });

  it('prints the correlations across phases beside those that the theory prints alone', async () => {
    await inDirectory({ 'small.yaml': text }, async (directory) => {
      const theory = await meanderJson<TheoryReport>(['theory', 'small.yaml'], directory);
      const report = await meanderJson<RunReport>(['run', 'small.yaml'], directory);
      const alone = theory.points.map(({ phase }) => phase?.toEnd);
      const beside = report.points.map(({ phase }) =>
        phase?.toEnd.map(({ from, probes }) => ({ from, probes: probes.map((own) => own.theory) })),
      );
      expect(beside).toEqual(alone);
      expect(alone.map((ends) => ends?.map(({ from }) => from))).toEqual([
        ['start'],
        ['start', 'rare'],
        ['start', 'rare', 'daily'],
      ]);
      const printed = await meanderOutput(['run', 'small.yaml'], directory);
      expect(printed).toContain('rare 400 steps, daily 500 steps (transient 100), stopped 500 steps (transient 100)\n');
    });
  });

  it('is predicted phase by phase where some are only measured', async () => {
    const mixed = `phases:
  - { name: rare, steps: 400 }
  - { name: free, weightDecay: 0, transient: 100, lag: 20, steps: 500 }
  - { name: stopped, learningRate: 0.01, transient: 100, steps: 500 }
`;
    await inDirectory({ 'small.yaml': experiment({ more: mixed }) }, async (directory) => {
      const { points, unpredicted } = await meanderJson<TheoryReport>(['theory', 'small.yaml'], directory);
      expect(points.map(({ parameters }) => parameters.phase)).toEqual(['rare', 'stopped']);
      expect(points.map(({ phase }) => phase?.toEnd.length)).toEqual([1, undefined]);
      expect(unpredicted?.map(({ parameters, singularValues }) => [parameters.phase, singularValues])).toEqual([
        ['free', null],
      ]);
      const printed = await meanderOutput(['theory', 'small.yaml'], directory);
      expect(printed).toMatch(/phase free.*\nnothing is predicted, all is measured: without weight decay/);
      const run = await meanderJson<RunReport<null>>(['run', 'small.yaml'], directory);
      expect(run.points[1].phase).toMatchObject({ transient: 100, steps: 500 });
      expect(run.points[2].probes.map(({ diffusion }) => diffusion)).toEqual(
        points[1].probes.map(({ diffusion }) => diffusion),
      );
    });
  });

  it('of a sweep has a column with the phase in every table, and one point can be chosen by it', async () => {
    await inDirectory({ 'small.yaml': text + rate }, async (directory) => {
      await meanderOutput(['run', 'small.yaml', '--out', 'out', '--weights'], directory);
      const rows = await meanderJson<Record<string, unknown>[]>(['show', 'out'], directory);
      const expected = [0.1, 0.2].flatMap((weightDecay) =>
        ['rare', 'daily', 'stopped'].map((phase) => ({ phase, weightDecay })),
      );
      expect(rows.filter(({ probe }) => probe === 1)).toMatchObject(expected);
      const head = (await readFile(join(directory, 'out/probes.csv'), 'utf8')).split(',').slice(0, 2);
      expect(head).toEqual(['point', 'phase']);
      const chosen = await meanderJson<object[]>(['show', 'out', '--where', 'phase=daily'], directory);
      expect(chosen).toHaveLength(2 * 3);
      const figure = ['show', 'out', '--figure', '--where', 'weightDecay=0.1', '--to', 'phases.svg'];
      await meanderOutput(figure, directory);
      const svg = await readFile(join(directory, 'phases.svg'), 'utf8');
      expect(svg).toContain('phase (1 rare, 2 daily, 3 stopped)');
      const through = ['show', 'out', '--figure', '--quantity', 'selfCorrelation', '--to', 'self.svg'];
      await meanderOutput([...through, '--where', 'weightDecay=0.2'], directory);
      const self = await readFile(join(directory, 'self.svg'), 'utf8');
      expect(self).toContain('self-correlation since the first sample');
      expect((await meander(through, directory)).stderr).toContain(
        'is drawn of one point of a sweep; choose one by --where',
      );
      const swept = await meander(['sweep', 'small.yaml', '--out', 'swept'], directory);
      expect(swept.code).toBe(0);
      const columns = ({ point, phase, diffusionSimulation }: Record<string, unknown>) => [
        point,
        phase,
        diffusionSimulation,
      ];
      const others = await meanderJson<Record<string, unknown>[]>(['show', 'swept'], directory);
      expect(others.map(columns)).toEqual(rows.map(columns));
    });
  });

  it('goes on where it was interrupted, in whatever phase, to the same numbers', async () => {
    const long = text.replaceAll(/ steps: \d+/g, ' steps: 400000');
    await inDirectory({}, async (directory) => {
      const whole = await runInto(join(directory, 'whole'), long);
      const out = join(directory, 'out');
      let result: RunReport | undefined;
      for (const share of [0.5, 2]) {
        const stop = new AbortController();
        let total = 0;
        const progress: Progress = {
          start: (_, steps) => (total = steps),
          update: (done) => {
            if (done > share * total) stop.abort();
          },
          stop: () => undefined,
        };
        result = await runInto(out, long, { signal: stop.signal, progress }).catch((error: unknown) => {
          expect(error).toBeInstanceOf(CancelledError);
          return undefined;
        });
      }
      expect(result).toEqual(whole);
      await rm(join(out, 'report.json'));
      await resumeRun(out);
      expect(await readReport(out)).toEqual(whole);
    });
  });
});
