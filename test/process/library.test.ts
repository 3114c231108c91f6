import { execFile } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
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

describe('the package', () => {
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
        'planFromPilot',
        'populationLoss',
        'predict',
        'predictedCourses',
        'prepare',
        'quantities',
        'readExperiment',
        'registerRule',
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
