import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/experiment/index.js';
import { meander, root } from '../support/meander.js';
import { inDirectory } from '../support/directory.js';

const experiment = `name: small
model:
  hiddenUnits: 6
  input: [{ kind: gaussian, covariance: [1.3, 1.0, 0.8] }]
  learningRate: 0.02
  weightDecay: 0.1
  labelNoiseVariance: 0.25
simulation: { replicas: 6, seed: 3, burnIn: 200, lag: 20, duration: 600 }
`;

const program = `
import * as meander from 'meander-drift';
const experiment = await meander.readExperiment(process.argv[2], { name: 'small.yaml' });
const { report } = await meander.withLocalPool({ workers: 1 }, (runTasks) =>
  meander.runExperiment(experiment.name, meander.prepare(experiment), runTasks));
const wrong = await meander.readExperiment('model: 3', { name: 'wrong.yaml' }).catch((error) => error);
const file = 'model: { hiddenUnits: 2, target: { file: a.npy }, input: [{ kind: gaussian, covariance: [1] }], learningRate: 0.1, weightDecay: 0.1 }';
const unread = await meander.readExperiment(file).catch((error) => error);
const missing = await meander.readExperiment(file, { read: meander.filesIn('nowhere') }).catch((error) => error);
console.log(JSON.stringify({
  names: Object.keys(meander).sort(),
  report,
  theory: meander.theoryReport(experiment),
  isInput: [wrong, unread, missing].map((error) => error instanceof meander.InvalidInputError),
  messages: [wrong, unread, missing].map((error) => error.message),
}));
`;

interface Printed {
  readonly names: string[];
  readonly report: RunReport;
  readonly theory: { points: { probes: { diffusion: number }[] }[] };
  readonly isInput: boolean[];
  readonly messages: string[];
}

/** Runs, draws and exports from plain JavaScript, without the command line. */
const exporting = `
import { readFile, rm, writeFile } from 'node:fs/promises';
import { readExperiment, reportRows, resultColumns, InvalidInputError } from 'meander-drift';
import { drawFigure, probesTable, sweepTable } from 'meander-drift/figures';
import { figureDocument, svgToPng } from 'meander-drift/figures/node';
import * as runs from 'meander-drift/runs';

const file = {
  name: 'small',
  model: {
    hiddenUnits: 6,
    input: [{ kind: 'gaussian', covariance: Float64Array.of(1.3, 1, 0.8) }],
    learningRate: 0.02,
    weightDecay: 0.1,
    labelNoiseVariance: 0.25,
  },
  simulation: { replicas: 6, seed: 3, burnIn: 200, lag: 20, duration: 600, trajectorySamples: 4 },
};
await runs.runInto('run', file, { workers: 1, keepWeights: true });
await runs.sweepInto('swept', { ...file, sweep: { 'model.learningRate': [0.01, 0.02, 0.04] } }, { workers: 1 });
const messages = [];
for (const wrong of [
  () => readExperiment({ ...file, model: { ...file.model, learningRate: -1 } }),
  () => runs.runInto('wrong', { ...file, simulation: { replicas: 1 } }),
  () => runs.runInto('full', file),
  () => runs.runInto('run', { ...file, name: 'other', simulation: { ...file.simulation, seed: 4 } }),
  () => runs.readTable('full'),
  () => runs.readReport('swept'),
  () => runs.readTrajectories('run', 1),
  () => runs.readRows('program.mjs'),
  () => runs.readRows('no.csv'),
]) {
  const error = await wrong().catch((error) => error);
  messages.push(error instanceof InvalidInputError ? error.message : String(error.stack));
}
const report = await runs.runInto('run', file, { keepWeights: true });
const stopped = new AbortController();
stopped.abort();
const cancelled = await runs.sweepInto('stopped', file, { signal: stopped.signal }).catch(({ name }) => name);
const before = await runs.readStatus('stopped');
const resumed = await runs.resumeRun('stopped', { workers: 1 });
const rows = reportRows(report);
const swept = await runs.readTable('swept');
for (const format of ['csv', 'npz', 'parquet']) await runs.writeRows('table.' + format, swept.rows);
const tables = await Promise.all(['csv', 'npz', 'parquet'].map((format) => runs.readRows('table.' + format)));
const svgs = [probesTable(rows), probesTable(rows, ['squaredNorm']), sweepTable(swept.rows, ['learningRate'], 'fluctuation')].map(
  (table) => drawFigure(table, figureDocument(), { width: 720, title: 'test' }),
);
await writeFile('probes.png', svgToPng(svgs[0]));
const trajectories = await runs.readTrajectories('run');
console.log(JSON.stringify({
  names: Object.keys(runs).sort(),
  messages, report, rows, cancelled, before, resumed: resumed.rows, tables, swept,
  columns: resultColumns(['learningRate']).slice(0, 3).map(({ name, type }) => name + ' ' + type),
  read: await runs.readReport('run'),
  manifest: (await runs.RunDirectory.use('run', async ({ manifest }) => manifest)).name,
  panels: svgs.map((svg) => svg.match(/<g class="panel"/g).length),
  png: (await readFile('probes.png')).subarray(1, 4).toString(),
  weights: (await runs.readMatrix('numbers.csv')).data.length,
  trajectories: [trajectories.steps.length, trajectories.replicas.length, trajectories.probes, trajectories.units],
}));
`;

interface Exported {
  readonly names: string[];
  readonly messages: string[];
  readonly report: RunReport;
  readonly read: RunReport;
  readonly rows: object[];
  readonly cancelled: string;
  readonly before: { readonly tasks: { readonly finished: number } };
  readonly resumed: object[];
  readonly tables: object[][];
  readonly swept: { readonly rows: object[]; readonly partial: null; readonly swept: string[] };
  readonly columns: string[];
  readonly manifest: string;
  readonly panels: number[];
  readonly png: string;
  readonly weights: number;
  readonly trajectories: number[];
}

describe('the package', () => {
  it('runs in directories, reads them, draws figures and writes tables from plain JavaScript', async () => {
    const files = { 'program.mjs': exporting, 'numbers.csv': '1,2\n3,4\n' };
    await inDirectory(files, async (directory) => {
      await mkdir(join(directory, 'node_modules'));
      await mkdir(join(directory, 'full'));
      await writeFile(join(directory, 'full/mine.txt'), 'mine');
      await symlink(root, join(directory, 'node_modules/meander-drift'), 'dir');
      const options = { cwd: directory, maxBuffer: 1e8 };
      const { stdout } = await promisify(execFile)(process.execPath, ['program.mjs'], options);
      const found = JSON.parse(stdout) as Exported;
      expect(found.messages).toEqual([
        'experiment: model.learningRate: found -1, expected a number above 0',
        expect.stringMatching(/^experiment: simulation\.replicas: found 1, expected a whole number from 2/),
        'full: is not empty; nothing is overwritten, name a new output directory',
        expect.stringMatching(/^run: holds another run/),
        expect.stringMatching(/^full: is not a run directory/),
        expect.stringMatching(/^swept\/report\.json: there is no such file, expected the report of a finished run/),
        'run: found point 1, expected 0 to 0',
        'program.mjs: expected a file name that ends in .csv, .npz or .parquet',
        'no.csv: there is no such file, expected a table',
      ]);
      expect(found.read).toEqual(found.report);
      expect(found.rows).toHaveLength(3);
      const shown = JSON.parse((await meander(['show', 'run', '--json'], directory)).stdout) as object[];
      expect(shown).toEqual(found.rows);
      // A sweep of one point is that point.
      expect([found.cancelled, found.before.tasks.finished, found.resumed]).toEqual(['CancelledError', 0, found.rows]);
      expect(found.swept).toMatchObject({ partial: null, swept: ['learningRate'] });
      expect(found.swept.rows).toHaveLength(9);
      for (const table of found.tables) expect(table).toEqual(found.swept.rows);
      expect(found.columns).toEqual(['point int32', 'learningRate number', 'probe int32']);
      expect(found.manifest).toBe('small');
      expect(found.panels).toEqual([3, 2, 2]);
      expect(found.png).toBe('PNG');
      expect(found.weights).toBe(4);
      expect(found.trajectories).toEqual([4, 6, 3, expect.any(Number)]);
      expect(await readdir(join(directory, 'run'))).toEqual(
        expect.arrayContaining(['report.json', 'probes.csv', 'weights-0.npy', 'trajectory-0.npy']),
      );
      expect(existsSync(join(directory, 'wrong'))).toBe(false);
      expect(found.names).toEqual([
        'RunDirectory',
        'collect',
        'collectTrajectories',
        'filesIn',
        'readManifest',
        'readMatrix',
        'readReport',
        'readRows',
        'readStatus',
        'readTable',
        'readTrajectories',
        'resumeRun',
        'runInto',
        'sweepInto',
        'writeRows',
      ]);
    });
  });

  it('is imported by its name, runs an experiment as the command line does, and explains wrong input', async () => {
    await inDirectory({ 'program.mjs': program, 'small.yaml': experiment }, async (directory) => {
      await mkdir(join(directory, 'node_modules'));
      await symlink(root, join(directory, 'node_modules/meander-drift'), 'dir');
      const { stdout } = await promisify(execFile)(process.execPath, ['program.mjs', experiment], { cwd: directory });
      const { names, report, theory, isInput, messages } = JSON.parse(stdout) as Printed;
      expect(JSON.stringify(report)).toBe((await meander(['run', 'small.yaml', '--json'], directory)).stdout.trim());
      expect(theory.points[0].probes.map(({ diffusion }) => diffusion)).toEqual(
        report.points[0].probes.map(({ diffusion }) => diffusion),
      );
      expect(isInput).toEqual([true, true, true]);
      expect(messages[0]).toMatch(/^wrong\.yaml:1:8: model: found 3, expected the keys of a model$/);
      expect(messages[1]).toMatch(/^experiment:1:\d+: model\.target\.file: a\.npy: no data file can be read here/);
      expect(messages[2]).toMatch(/: a\.npy: there is no such file, expected a data file/);
      expect(names).toEqual([
        'CancelledError',
        'InvalidInputError',
        'TheoryDomainError',
        'createReferenceStepper',
        'diagonal',
        'extrapolateToZeroRate',
        'filesIn',
        'frequencyAutoencoder',
        'fromRows',
        'gaussianPart',
        'identity',
        'inputDistribution',
        'isotropicAutoencoder',
        'npyBytes',
        'planFromPilot',
        'populationLoss',
        'predict',
        'predictedCourses',
        'prepare',
        'quantities',
        'readExperiment',
        'readNpy',
        'registerRule',
        'reportRows',
        'resultColumns',
        'ruleFilesIn',
        'runExperiment',
        'runSlices',
        'runTask',
        'stepsOf',
        'theoryReport',
        'toRows',
        'twoLevelAutoencoder',
        'withLocalPool',
      ]);
    });
  });
});
