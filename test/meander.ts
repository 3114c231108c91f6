// How tests drive the built command line, and the reference cases as experiment files.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist/cli/main.js');

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line to its end. */
export function meander(args: readonly string[], cwd = root, env = process.env): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

/** The one JSON document of a command that succeeded. */
export async function meanderJson<T>(args: readonly string[]): Promise<T> {
  const { code, stdout, stderr } = await meander([...args, '--json']);
  if (code !== 0) throw new Error(`meander ${args.join(' ')} ended with ${String(code)}: ${stderr}`);
  return JSON.parse(stdout) as T;
}

/** A file in a temporary directory of its own; the system clears it. */
export function temporaryFile(name: string, content: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'meander-')), name);
  writeFileSync(file, content);
  return file;
}

export interface ReferenceCase {
  readonly name: string;
  readonly input: unknown[];
  readonly target: number[][];
  readonly weightDecay: number;
  readonly labelNoiseVariance: number;
  readonly hiddenUnits: number;
  readonly batchSize: number;
  readonly expected: {
    readonly singularValues: number[];
    readonly regularizedLossWithoutLabelNoise: number;
    readonly normalHessianEigenvalues: number[];
    readonly rotationDiffusionEigenvaluesPerEta3: number[];
    readonly probes: {
      readonly stimulus: number[];
      readonly squaredNorm: number;
      readonly fluctuationPerEta: number;
      readonly diffusionPerEta3: number;
      readonly directedSpeedPerEta2: number;
    }[];
  };
}

/** Numbers made by a program that shares no code with this one. */
export const referenceCases = JSON.parse(
  readFileSync(join(root, 'test/fixtures/theory-cases.json'), 'utf8'),
) as ReferenceCase[];

/** A reference case as an experiment (JSON is YAML). */
export function experimentOf(
  { name, input, target, weightDecay, labelNoiseVariance, hiddenUnits, batchSize, expected }: ReferenceCase,
  learningRate: number,
  rest: Record<string, unknown> = {},
): string {
  const model = { hiddenUnits, target, input, learningRate, weightDecay, labelNoiseVariance, batchSize };
  return JSON.stringify({ name, model, probes: expected.probes.map(({ stimulus }) => stimulus), ...rest });
}
