import { roomFor, type Block } from '../arrays/block.js';
import type { Axis } from '../recording.js';

/**
 * The sessions of several files, in their order, as one block. Numbers of trials may differ: missing ones are NaN. Throws
 * Error that names two files that do not fit.
 */
export function combine(blocks: readonly Block[]): Block {
  const [first] = blocks;
  if (blocks.length === 1) return first;
  for (const block of blocks) {
    assertSame(first, block, 'stimulus', 'stimuli');
    assertSame(first, block, 'neuron', 'neurons; what was not recorded is NaN');
    const other = block.labels?.findIndex((label, k) => label !== first.labels?.[k]) ?? -1;
    if (other >= 0) {
      throw new Error(
        `its stimulus ${other + 1} is called ${block.labels?.[other] ?? ''}, in ${first.file} ${first.labels?.[other] ?? 'it has no name'}; ` +
          'expected the same stimuli in the files of one animal',
      );
    }
    if (block.hasTrials !== first.hasTrials) throw new Error(`only one of ${first.file} and ${block.file} has trials`);
    if ((block.times === null) !== (first.times === null)) {
      throw new Error(`only one of ${first.file} and ${block.file} has times`);
    }
  }
  const trial = Math.max(...blocks.map(({ sizes }) => sizes.trial));
  const session = blocks.reduce((sum, { sizes }) => sum + sizes.session, 0);
  const sizes = { ...first.sizes, session, trial };
  const values = roomFor(
    sizes,
    blocks.every((block) => block.values instanceof Float32Array),
  );
  const within = sizes.stimulus * sizes.neuron;
  let place = 0;
  for (const block of blocks) {
    const length = block.sizes.trial * within;
    for (let s = 0; s < block.sizes.session; s++) {
      values.set(block.values.subarray(s * length, (s + 1) * length), place);
      place += trial * within;
    }
  }
  const times = first.times === null ? null : blocks.flatMap((block) => [...(block.times ?? [])]);
  return { ...first, sizes, values, times, hasSessions: true };
}

function assertSame(first: Block, block: Block, axis: Axis, what: string): void {
  if (block.sizes[axis] === first.sizes[axis]) return;
  throw new Error(
    `${block.file} has ${block.sizes[axis]} along ${axis}, ${first.file} has ${first.sizes[axis]}; ` +
      `the files of one animal must have the same ${what}`,
  );
}
