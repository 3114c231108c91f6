import type { AnalysisOptions } from '#analyse';
import { InvalidInputError } from '#core';
import type { Recording } from '#recording';
import { readRecordings, withFrequencies } from '#recording/node';
import { inputLines } from '#report';
import { areRunDirectories, networksIn } from './networks.js';

/** What is analysed, as the command line says it. */
export interface RecordingInput {
  readonly files: readonly string[];
  readonly axes?: string;
  readonly key?: string;
  readonly times?: string;
  readonly unit?: string;
  readonly labels?: string;
  readonly frequency?: string;
  readonly point?: number;
  readonly missing: 'nan' | 'zero';
  readonly normalise: AnalysisOptions['normalise'];
}

/** The recordings, and lines that say how they were read and what was declared. */
export async function readInput(
  input: RecordingInput,
): Promise<{ readonly recordings: readonly Recording[]; readonly inputs: readonly string[] }> {
  const { files, axes, key, times, unit: timeUnit, labels, frequency: frequencyFile, point } = input;
  const areRuns = await areRunDirectories(files);
  if (areRuns) assertNothingDeclared(input);
  else if (point !== undefined) throw new InvalidInputError('--point: is of run directories, and there is none');
  const recordings = areRuns
    ? await withFrequencies(await networksIn(files, point), frequencyFile)
    : await readRecordings(files, { axes, key, times, timeUnit, labels, frequencyFile });
  const { missing, normalise } = input;
  const declared = { axes, key, zeroIsMissing: missing === 'zero', normalise };
  const inputs = inputLines(recordings, areRuns ? { ...declared, point: point ?? 0 } : declared);
  return { recordings, inputs };
}

/** A run directory names its axes, times and probes itself. */
function assertNothingDeclared(input: RecordingInput): void {
  const given = (['axes', 'key', 'times', 'unit', 'labels'] as const).find((option) => input[option] !== undefined);
  if (given === undefined) return;
  throw new InvalidInputError(
    `--${given}: ${input.files[0]} is a run directory, which names its axes, times and probes; leave --${given} out`,
  );
}
