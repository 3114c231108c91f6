import { InvalidInputError } from '#core';
import { arrange } from '../arrays/arrange.js';
import type { Block } from '../arrays/block.js';
import { flat } from '../arrays/numeric-array.js';
import { parseAxes, type AxisList } from '../axes.js';
import type { Container, Content, Entry } from '../container.js';
import type { Opened } from '../formats/formats.js';
import type { ReadOptions } from '../options.js';
import { axesMissing, entryNamed, selectEntry, shapeHint } from '../select.js';
import { blockOfTable } from '../table/block.js';
import { areNumbers } from '../times.js';

/** A file, or a directory that is one. */
export interface Source {
  /** For messages. */
  readonly name: string;
  open(): Promise<Opened>;
}

/** Reads the activity of a source. Throws InvalidInputError that names it. */
export async function readBlock(source: Source, options: ReadOptions): Promise<Block> {
  const axes = options.axes === undefined ? null : parseAxes(options.axes);
  return naming(source.name, async () => {
    const opened = await source.open();
    if (opened.kind === 'table') {
      if (axes) throw new Error('is a long table, whose columns say what the axes are; leave out --axes');
      if (options.key !== undefined) throw new Error('is a table and has no arrays to choose from; leave out --key');
      return blockOfTable(source.name, opened.table);
    }
    try {
      return await blockOfArray(source.name, opened.container, axes, options);
    } finally {
      opened.container.close?.();
    }
  });
}

/** Runs what may throw any Error about a file, and puts the name of the file before its message. */
export async function naming<T>(name: string, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof InvalidInputError) throw error;
    const { message } = error as Error;
    throw new InvalidInputError(`${name}: ${error instanceof RangeError ? `is damaged: ${message}` : message}`);
  }
}

async function blockOfArray(
  file: string,
  container: Container,
  named: AxisList | null,
  options: ReadOptions,
): Promise<Block> {
  const entry = selectEntry(container, options.key, named);
  if (entry.kind === 'text') throw new Error(`its ${container.noun} ${entry.name} holds text, expected real numbers`);
  if (entry.kind === 'other') {
    throw new Error(`its ${container.noun} ${entry.name} holds ${entry.what}, expected real numbers`);
  }
  const axes = named ?? ownAxes(entry);
  if (!axes) throw axesMissing(container, entry);
  const arranged = arrange(await entry.read(), axes, {
    dropsTrailingAxes: entry.dropsTrailingAxes,
    hint: shapeHint(container, entry, axes),
  });
  return {
    file,
    ...arranged,
    times: await timesIn(container, options.times),
    labels: await labelsIn(container, options.labels),
  };
}

/** Axes that the file itself names, where these are those of a recording. */
function ownAxes({ axes }: Entry): AxisList | null {
  if (!axes) return null;
  try {
    return parseAxes(axes);
  } catch {
    return null;
  }
}

async function timesIn({ entries, noun }: Container, times: ReadOptions['times']): Promise<readonly number[] | null> {
  if (typeof times !== 'string' || areNumbers(times)) return null;
  const content = await entryNamed(entries, noun, times).read();
  if (content.kind !== 'array')
    throw new Error(`its ${noun} ${times} holds no numbers, expected the times of sessions`);
  const { shape } = content.array;
  if (shape.filter((length) => length !== 1).length > 1) {
    throw new Error(`its ${noun} ${times} has the shape ${shape.join(' x ')}, expected one time for each session`);
  }
  return Array.from(flat(content.array));
}

async function labelsIn(
  { entries, noun }: Container,
  labels: ReadOptions['labels'],
): Promise<readonly string[] | null> {
  if (typeof labels !== 'string' || labels.includes(',')) return null;
  return linesOf(await entryNamed(entries, noun, labels).read(), `${noun} ${labels}`);
}

function linesOf(content: Content, what: string): readonly string[] {
  if (content.kind === 'text') return content.lines;
  if (content.kind === 'array') return Array.from(flat(content.array), String);
  throw new Error(`its ${what} holds no text, expected the names of stimuli`);
}
