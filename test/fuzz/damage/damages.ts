// What can happen to one file of a run directory.
import { mkdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makePipe } from '../../support/directory.js';
import type { Choices } from '../random.js';

type Damage = (file: string, choices: Choices) => Promise<void>;

const rewritten =
  (change: (bytes: Buffer, choices: Choices) => Buffer): Damage =>
  async (file, choices) => {
    await writeFile(file, change(await readFile(file), choices));
  };

const replaced =
  (put: (file: string, choices: Choices) => Promise<unknown>): Damage =>
  async (file, choices) => {
    await rm(file, { recursive: true });
    await put(file, choices);
  };

const flip = rewritten((bytes, choices) => {
  if (bytes.length > 0) bytes[choices.whole(bytes.length)] ^= 1 << choices.whole(8);
  return bytes;
});

const damages: Readonly<Record<string, Damage>> = {
  'one bit flipped in': flip,
  'a bit flipped in': flip,
  'cut:': async (file, choices) => {
    await truncate(file, choices.whole((await readFile(file)).length + 1));
  },
  'emptied:': (file) => truncate(file, 0),
  'bytes added to': rewritten((bytes, choices) => Buffer.concat([bytes, Buffer.alloc(1 + choices.whole(100), 'x')])),
  'zeros in': rewritten((bytes, choices) => bytes.fill(0, choices.whole(bytes.length + 1))),
  'a directory instead of': replaced((file) => mkdir(file)),
  'a full directory instead of': replaced(async (file) => {
    await mkdir(file);
    await writeFile(join(file, 'x'), 'x');
  }),
  'nothing instead of': replaced(() => Promise.resolve()),
  'a link to an endless device instead of': replaced((file) => symlink('/dev/zero', file)),
  'a link to itself instead of': replaced((file) => symlink(file, file)),
  'a pipe instead of': replaced((file) => {
    makePipe(file);
    return Promise.resolve();
  }),
  'a leftover beside': async (file, choices) => {
    const name = choices.pick(['.run.x.part', 'lock', '.lock.x.part', 'x.damaged', 'submissions']);
    await mkdir(join(dirname(file), name), { recursive: true }).catch(() => undefined);
  },
};

/** Does something to the file; returns in words what was done. */
export async function damage(file: string, choices: Choices): Promise<string> {
  const kind = choices.pick(Object.keys(damages));
  await damages[kind](file, choices);
  return kind;
}
