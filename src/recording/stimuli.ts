import { formatCounted, InvalidInputError } from '#core';

/** Presentations of stimuli: in their order, or by label. */
export type Frequencies = readonly number[] | ReadonlyMap<string, number>;

/**
 * Presentations of stimuli from a text: a table with the columns stimulus and count, or one number a line in the order of the
 * stimuli. Throws InvalidInputError that names the line.
 */
export async function parseFrequencies(text: string, name: string): Promise<Frequencies> {
  const { default: Papa } = await import('papaparse');
  const lines = Papa.parse<string[]>(text.trim(), { skipEmptyLines: 'greedy' }).data.map((cells) =>
    cells.map((cell) => cell.trim()),
  );
  const expected = 'expected a table with the columns stimulus and count, or one number a line';
  if (lines.length === 0) throw new InvalidInputError(`${name}: is empty, ${expected}`);
  const names = lines[0].map((cell) => cell.toLowerCase());
  const [stimulus, count] = ['stimulus', 'count'].map((column) => names.indexOf(column));
  const numberIn = (cell: string | undefined, line: number): number => {
    const value = cell === undefined || cell === '' ? NaN : Number(cell);
    if (Number.isFinite(value) && value >= 0) return value;
    throw new InvalidInputError(
      `${name}: line ${line} has the count ${JSON.stringify(cell ?? '')}, expected a number from 0 on`,
    );
  };
  if (stimulus < 0 || count < 0) {
    if (lines.some((cells) => cells.length > 1))
      throw new InvalidInputError(`${name}: has the columns ${names.join(', ')}, ${expected}`);
    const hasName = /^[a-z]/i.test(lines[0][0]) && lines.length > 1;
    return lines.slice(hasName ? 1 : 0).map(([cell], k) => numberIn(cell, k + (hasName ? 2 : 1)));
  }
  const counts = new Map<string, number>();
  lines.slice(1).forEach((cells, k) => {
    const label = cells[stimulus];
    if (counts.has(label))
      throw new InvalidInputError(`${name}: line ${k + 2} has the stimulus ${label} again, expected it once`);
    counts.set(label, numberIn(cells[count], k + 2));
  });
  return counts;
}

/** The presentations of these stimuli. Throws Error where one has none. */
export function matchFrequencies(frequencies: Frequencies, labels: readonly string[]): readonly number[] {
  if (!(frequencies instanceof Map)) {
    const list = frequencies as readonly number[];
    if (list.length === labels.length) return list;
    throw new Error(
      `it has ${stimuliText(labels.length)} and ${formatCounted(list.length, 'frequency', 'frequencies')}, expected one for each`,
    );
  }
  const counts = frequencies as ReadonlyMap<string, number>;
  const other = Array.from(counts.keys()).find((label) => !labels.includes(label));
  return labels.map((label) => {
    const count = counts.get(label);
    if (count !== undefined) return count;
    const hint = other === undefined ? '' : `; they have ${other}, which is none of the recording`;
    throw new Error(`its stimulus ${label} has no frequency, expected one for each${hint}`);
  });
}

const stimuliText = (count: number): string => formatCounted(count, 'stimulus', 'stimuli');

/** What stimuli without labels are called: their number, from 1 on. */
export const numberedLabels = (count: number): string[] => Array.from({ length: count }, (_, k) => String(k + 1));

/** Throws Error unless there is one label, all different, for each stimulus. */
export function assertLabels(labels: readonly string[], stimuli: number): void {
  if (labels.length !== stimuli) {
    throw new Error(
      `it has ${stimuliText(stimuli)} and ${formatCounted(labels.length, 'label')}, expected one for each`,
    );
  }
  const twice = labels.find((label, k) => labels.indexOf(label) !== k);
  if (twice !== undefined) throw new Error(`two of its stimuli are called ${twice}, expected different labels`);
}
