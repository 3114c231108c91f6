// The latest recording of the user, kept in this browser until it is closed, so that a reload finds it again.
import { answerOf, inStore, otherKey } from '../kept-files/database.js';
import type { Declared, NamedFile } from './messages.js';

/** Larger recordings are not kept: browsers give a page little room, which they may take back. */
const MAX_BYTES = 2 ** 27;

/** Two keys, so that files are not written again when only what was declared changes. */
const FILES = otherKey('recording');
const DECLARED = otherKey('declared');

/** A recording and how it was last analysed. */
export interface KeptRecording {
  readonly files: readonly NamedFile[];
  readonly declared: Declared | null;
}

/** Keeps a recording instead of the one before. Returns what the user is told of that. */
export async function keepRecording(files: readonly NamedFile[]): Promise<string> {
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  try {
    await inStore('readwrite', async (store) => {
      await answerOf(store.delete(DECLARED));
      await answerOf(store.delete(FILES));
      if (bytes <= MAX_BYTES) await answerOf(store.put({ name: FILES, files }));
    });
  } catch {
    return NOT_KEPT;
  }
  return bytes > MAX_BYTES
    ? `A reload will not find this recording again: it has ${megabytes(bytes)}, and at most ${megabytes(MAX_BYTES)} are kept.`
    : 'This browser keeps the recording, for a reload, until you close it.';
}

/** In a private window, or where there is no room. */
const NOT_KEPT = 'A reload will not find this recording again: the browser keeps no files.';

/** Keeps how the recording is analysed. */
export async function keepDeclared(declared: Declared): Promise<void> {
  // Nothing is lost but the convenience.
  await inStore('readwrite', (store) => answerOf(store.put({ name: DECLARED, declared }))).catch(() => undefined);
}

export async function forgetRecording(): Promise<void> {
  await inStore('readwrite', async (store) => {
    await answerOf(store.delete(FILES));
    await answerOf(store.delete(DECLARED));
  }).catch(() => undefined);
}

/** The recording that was kept; null where there is none. */
export async function keptRecording(): Promise<KeptRecording | null> {
  try {
    return await inStore('readonly', async (store) => {
      const found = await answerOf(store.get(FILES) as IDBRequest<Pick<KeptRecording, 'files'> | undefined>);
      const how = await answerOf(store.get(DECLARED) as IDBRequest<Pick<KeptRecording, 'declared'> | undefined>);
      return found ? { files: found.files, declared: how?.declared ?? null } : null;
    });
  } catch {
    return null;
  }
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MB`;
