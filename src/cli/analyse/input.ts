import type { AnalysisOptions } from '#analyse';
import { formatNumber, InvalidInputError } from '#core';
import { describeRecording, type Recording } from '#recording';
import { readRecordings, withFrequencies } from '#recording/node';
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

/** Shapes are printed of as many; a run directory has as many networks as replicas, all of one shape. */
const MAX_SHAPES = 12;

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
  const shapes = recordings.slice(0, MAX_SHAPES).map(shapeLine);
  const more = recordings.length - shapes.length;
  const inputs = [...shapes, ...(more > 0 ? [`… and ${more} more`] : []), declaredLine(input, areRuns)];
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

/** A recording as it was read. */
function shapeLine(recording: Recording): string {
  const { name, times, timeUnit, noiseFree } = recording;
  const { shape, missing, zero } = describeRecording(recording);
  const percent = (share: number): string => `${formatNumber(100 * share, 2)}%`;
  return (
    `${name}: ${shape}${noiseFree ? ', declared free of trial noise' : ''}; times ${times.map((time) => formatNumber(time)).join(', ')} (${timeUnit}); ` +
    `${percent(missing)} missing, ${percent(zero)} zero`
  );
}

/** What the user declared about all of them. */
function declaredLine({ axes, key, missing, normalise, point = 0 }: RecordingInput, areRuns: boolean): string {
  const zeros = missing === 'zero' ? 'zeros are missing values' : 'zeros count as activity';
  const ofRuns = `point ${point}: replicas are networks, times are steps since the end of burn-in`;
  return [
    `declared: ${areRuns ? ofRuns : axes === undefined ? 'axes by the columns of a table' : `axes ${axes}`}`,
    ...(key === undefined ? [] : [`array ${key}`]),
    zeros,
    normalise === 'none' ? 'not normalised' : `normalised by ${normalise}`,
  ].join(', ');
}
