import { DamagedFileError, decodeContainer, encodeContainer } from '../container/container.node.js';
import { readPlainFile } from '#core/node';
import { unreadable } from '../files/unreadable.node.js';

interface RecordContent {
  readonly run: string;
  readonly task: number;
  readonly result: unknown;
}

/** The bytes of a record; `run` is the id of the manifest. */
export const encodeRecord = (run: string, task: number, result: unknown): Uint8Array =>
  encodeContainer('record', { run, task, result });

/** The result in a record. Throws DamagedFileError when the bytes are damaged, or the record of another run or task. */
export function decodeRecord(name: string, run: string, task: number, bytes: Uint8Array): unknown {
  const record = contentOf(name, bytes);
  if (record.run !== run) throw new DamagedFileError(`${name}: belongs to another run`);
  if (record.task !== task) throw new DamagedFileError(`${name}: is the record of task ${record.task}`);
  return record.result;
}

/** The bytes of a file of records; null where there is no such file. Throws DamagedFileError when it cannot be read. */
export async function recordBytes(path: string): Promise<Uint8Array | null> {
  try {
    return await readPlainFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw withAdvice(unreadable(path, error));
  }
}

/** Whether the bytes are the record of a task, undamaged. */
export function isRecord(run: string, task: number, bytes: Uint8Array): boolean {
  try {
    decodeRecord('', run, task, bytes);
    return true;
  } catch (error) {
    if (error instanceof DamagedFileError) return false;
    throw error;
  }
}

function contentOf(name: string, bytes: Uint8Array): RecordContent {
  try {
    return decodeContainer(name, 'record', bytes) as RecordContent;
  } catch (error) {
    throw withAdvice(error);
  }
}

/** Adds to the error of a damaged record how to repair the run. */
export function withAdvice(error: unknown): unknown {
  if (!(error instanceof DamagedFileError)) return error;
  return new DamagedFileError(
    `${error.message}; meander resume DIR --check sets it aside and computes its tasks again`,
  );
}
