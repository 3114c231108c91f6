// The files that the user opened, kept in this browser, so that a reload and the links of this browser find them again.
import type { DataFile } from '../prediction/messages.js';

const DATABASE = 'meander';
const STORE = 'files';
/** Sets of files that are kept: the latest ones. */
const MAX_SETS = 8;

interface KeptSet {
  /** Of the experiment file, or of the table. */
  readonly name: string;
  readonly files: readonly DataFile[];
  /** When it was opened, ms. */
  readonly openedAt: number;
}

/** Keys of what is no set end with it: no file has such a name. */
const OTHER = '/';
export const otherKey = (name: string): string => `${name}${OTHER}`;

/** Keeps the files that were opened with the one of this name; older ones of that name, and the oldest sets, are given up. */
export async function keepFiles(name: string, files: readonly DataFile[]): Promise<void> {
  const set: KeptSet = { name, files, openedAt: Date.now() };
  await inStore('readwrite', async (store) => {
    await answerOf(store.put(set));
    const sets = await answerOf(store.getAll() as IDBRequest<KeptSet[]>);
    const oldest = sets
      .filter((one) => !one.name.endsWith(OTHER))
      .sort((a, b) => b.openedAt - a.openedAt)
      .slice(MAX_SETS);
    await Promise.all(oldest.map((old) => answerOf(store.delete(old.name))));
  });
}

/** The files that were kept under a name; null where this browser has none. */
export async function keptFiles(name: string): Promise<readonly DataFile[] | null> {
  const found = await inStore('readonly', (store) => answerOf(store.get(name) as IDBRequest<KeptSet | undefined>));
  return found?.files ?? null;
}

/** Does some work in one transaction. */
export async function inStore<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => Promise<T>): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.addEventListener('upgradeneeded', () => {
    opening.result.createObjectStore(STORE, { keyPath: 'name' });
  });
  const database = await answerOf(opening);
  try {
    return await work(database.transaction(STORE, mode).objectStore(STORE));
  } finally {
    // It closes once its transactions are complete.
    database.close();
  }
}

export function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => {
      resolve(request.result);
    });
    request.addEventListener('error', () => {
      reject(request.error ?? new Error('the browser keeps no files'));
    });
  });
}
