import type { AnalysisOptions } from '#analyse';
import { formatNumber } from '#core';
import { describeRecording, type Recording } from '#recording';

/** What a user said about recordings that are analysed. */
interface Declared extends AnalysisOptions {
  readonly axes?: string | undefined;
  readonly key?: string | undefined;
}

/** A line for each recording, as it was read, and one of what was declared about all of them. */
export const inputLines = (recordings: readonly Recording[], declared: Declared): string[] => [
  ...recordings.map(recordingLine),
  declaredLine(declared),
];

function recordingLine(recording: Recording): string {
  const { name, times, timeUnit, noiseFree } = recording;
  const { shape, missing, zero } = describeRecording(recording);
  const percent = (share: number): string => `${formatNumber(100 * share, 2)}%`;
  return (
    `${name}: ${shape}${noiseFree ? ', declared free of trial noise' : ''}; times ${times.map((time) => formatNumber(time)).join(', ')} (${timeUnit}); ` +
    `${percent(missing)} missing, ${percent(zero)} zero`
  );
}

const declaredLine = ({ axes, key, zeroIsMissing, normalise }: Declared): string =>
  [
    `declared: ${axes === undefined ? 'axes by the columns of a table' : `axes ${axes}`}`,
    ...(key === undefined ? [] : [`array ${key}`]),
    zeroIsMissing ? 'zeros are missing values' : 'zeros count as activity',
    normalise === 'none' ? 'not normalised' : `normalised by ${normalise}`,
  ].join(', ');
