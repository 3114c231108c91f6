import { shapeText } from './arrays/numeric-array.js';
import type { Entry } from './container.js';
import { groupsOf, type RecordingFile } from './read.js';
import { naming, type Source } from './sources/source.js';

/** An array of a file, before it is known which axis is which. */
export interface FoundArray {
  readonly name: string;
  /** `8 x 20 x 12 x 90`. */
  readonly shape: string;
  readonly dimensions: number;
  /** Names of the axes, where the file itself has them. */
  readonly axes: readonly string[] | null;
}

/** What a file holds. */
export interface FileContents {
  readonly name: string;
  /** Its arrays of numbers; null for a long table, whose columns say everything. */
  readonly arrays: readonly FoundArray[] | null;
}

/**
 * What some files hold, so that a user can be asked for what they do not say. Arrays of numbers are listed with their shapes, but
 * not read. Throws InvalidInputError where a file cannot be read.
 */
export async function inspectRecordings(files: readonly RecordingFile[]): Promise<readonly FileContents[]> {
  const contents: FileContents[] = [];
  for (const { path, sources } of groupsOf(files)) {
    for (const source of sources) contents.push({ name: path, arrays: await naming(path, () => arraysOf(source)) });
  }
  return contents;
}

async function arraysOf(source: Source): Promise<readonly FoundArray[] | null> {
  const opened = await source.open();
  if (opened.kind === 'table') return null;
  const { container } = opened;
  try {
    return container.entries
      .filter(({ kind, isPart }) => isPart !== true && (kind === 'array' || kind === 'list'))
      .map(foundArray);
  } finally {
    container.close?.();
  }
}

const foundArray = ({ name, shape, axes }: Entry): FoundArray => ({
  name,
  shape: shape.length === 0 ? shapeText([]) : shape.join(' x '),
  dimensions: shape.length,
  axes: axes ?? null,
});
