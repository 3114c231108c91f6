// A small experiment, and what `meander run` reports of it.
import type { PointRecord, RunReport } from '#experiment';
import { inDirectory } from './directory.js';
import { meanderOutput } from './meander.js';

interface Settings {
  readonly hiddenUnits?: number;
  readonly simulation?: string;
  readonly more?: string;
}

/** An experiment of a second as YAML: three inputs, label noise, a point that breaks the reflection symmetry. */
export const experiment = ({ hiddenUnits = 6, simulation = '', more = '' }: Settings = {}): string => `name: small
model:
  hiddenUnits: ${hiddenUnits}
  input:
    - { weight: 0.8, kind: gaussian, covariance: [1.3, 1.0, 0.8] }
    - { weight: 0.2, kind: point, stimulus: [1, 1, 0.5] }
  learningRate: 0.02
  weightDecay: 0.1
  labelNoiseVariance: 0.25
probes: [[1, 0, 0], [0, 1, 0], [1, 1, 0.5]]
simulation: { replicas: 6, seed: 3, burnIn: 200, lag: 20, duration: 600${simulation} }
${more}`;

/** Standard output of its run. */
export const outputOf = (text: string, args: readonly string[] = [], name = 'small.yaml'): Promise<string> =>
  inDirectory({ [name]: text }, (directory) => meanderOutput(['run', name, '--json', ...args], directory));

export const reportOf = async (text: string, args?: readonly string[]): Promise<RunReport> =>
  JSON.parse(await outputOf(text, args)) as RunReport;

/** The first point of its report. */
export const onlyPoint = async (text: string): Promise<PointRecord> => (await reportOf(text)).points[0];
