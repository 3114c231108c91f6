import { InvalidInputError } from '#core';
import type { Block } from '../arrays/block.js';
import type { ReadOptions } from '../options.js';
import type { Recording } from '../recording.js';
import { combine } from './combine.js';
import { finishRecording } from './finish.js';
import { animalNames, assertOnce, nameOfSessions } from './names.js';
import { naming, readBlock, type Source } from './source.js';
import { assertNumbersOrName } from '../times.js';

/** A file, or the files of a directory, which are the sessions of one animal. */
export interface SourceGroup {
  /** The path of the file or directory. */
  readonly path: string;
  readonly isDirectory: boolean;
  readonly sources: readonly Source[];
}

/**
 * The animals of some files: a directory is one, and a file with sessions in it; files that are one session each are, together,
 * another. Throws InvalidInputError.
 */
export async function readAnimals(groups: readonly SourceGroup[], options: ReadOptions): Promise<readonly Recording[]> {
  if (groups.length === 0) throw new InvalidInputError('there are no files, expected at least one');
  assertOnce(groups.map(({ path }) => path));
  if (typeof options.times === 'string') assertNumbersOrName(options.times);
  if (options.timeUnit?.trim() === '') throw new InvalidInputError('--unit: is empty, expected a word, such as day');
  const animals: { path: string; blocks: Block[] }[] = [];
  const single: { path: string; block: Block }[] = [];
  for (const { path, isDirectory, sources } of groups) {
    const blocks: Block[] = [];
    for (const source of sources) blocks.push(await readBlock(source, options));
    if (isDirectory || blocks[0].hasSessions) animals.push({ path, blocks });
    else single.push({ path, block: blocks[0] });
  }
  if (single.length > 0) {
    animals.push({ path: nameOfSessions(single.map(({ path }) => path)), blocks: single.map(({ block }) => block) });
  }
  const names = animalNames(animals.map(({ path }) => path));
  const recordings: Recording[] = [];
  for (const [k, { path, blocks }] of animals.entries()) {
    recordings.push(await naming(path, () => finishRecording(names[k], combine(blocks), options)));
  }
  return recordings;
}
