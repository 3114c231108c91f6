import type { AnalysisOptions } from '#analyse';
import { formatNumber } from '#core';
import { describeRecording, type Recording } from '#recording';

/** What a user said about recordings that are analysed. */
interface Declared extends AnalysisOptions {
  readonly axes?: string | undefined;
  readonly key?: string | undefined;
  /** The point of a run directory, which names its axes, times and probes itself. */
  readonly point?: number;
}

/** Shapes are printed of as many; a run directory has as many networks as replicas, all of one shape. */
const MAX_SHAPES = 12;

/** A line for each recording (the first twelve), as it was read, and one of what was declared about all of them. */
export function inputLines(recordings: readonly Recording[], declared: Declared): string[] {
  const shapes = recordings.slice(0, MAX_SHAPES).map(recordingLine);
  const more = recordings.length - shapes.length;
  return [...shapes, ...(more > 0 ? [`… and ${more} more`] : []), declaredLine(declared)];
}

function recordingLine(recording: Recording): string {
  const { name, times, timeUnit, noiseFree } = recording;
  const { shape, missing, zero } = describeRecording(recording);
  const percent = (share: number): string => `${formatNumber(100 * share, 2)}%`;
  return (
    `${name}: ${shape}${noiseFree ? ', declared free of trial noise' : ''}; times ${times.map((time) => formatNumber(time)).join(', ')} (${timeUnit}); ` +
    `${percent(missing)} missing, ${percent(zero)} zero`
  );
}

function declaredLine({ axes, key, zeroIsMissing, normalise, point }: Declared): string {
  const ofArray = axes === undefined ? 'axes by the columns of a table' : `axes ${axes}`;
  const ofRun = `point ${point ?? 0}: replicas are networks, times are steps since the end of burn-in`;
  return [
    `declared: ${point === undefined ? ofArray : ofRun}`,
    ...(key === undefined ? [] : [`array ${key}`]),
    zeroIsMissing ? 'cells that are 0 throughout a session are missing' : 'zeros count as activity',
    normalise === 'none' ? 'not normalised' : `normalised by ${normalise}`,
  ].join(', ');
}
