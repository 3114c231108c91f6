import { npyHeader } from '#core';
import { naturalOrder } from '#recording';
import type { NamedFile } from './messages.js';

/** The beginning of a file, in which the header of an array or the names of columns are. */
const HEAD_BYTES = 4096;

/**
 * Files that were dropped, those of directories with their paths, in natural order. A directory of Zarr is called so that it is known
 * again as one, whatever its name.
 */
export async function droppedFiles(
  files: readonly File[],
  entries: readonly FileSystemEntry[],
): Promise<readonly NamedFile[]> {
  if (!entries.some(({ isDirectory }) => isDirectory)) return files.map((file) => ({ path: file.name, file }));
  const found = await Promise.all(entries.map((entry) => filesBelow(entry, entry.name)));
  return found.flat().sort((a, b) => naturalOrder(a.path, b.path));
}

async function filesBelow(entry: FileSystemEntry, path: string): Promise<NamedFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, reject);
    });
    return [{ path, file }];
  }
  const inside = await entriesOf(entry as FileSystemDirectoryEntry);
  const isZarr = inside.some(({ name }) => ZARR.test(name)) && !/\.zarr(\/|$)/i.test(path);
  const own = isZarr ? `${path}.zarr` : path;
  const shown = inside.filter(({ name }) => !name.startsWith('.') || name.startsWith('.z'));
  return (await Promise.all(shown.map((one) => filesBelow(one, `${own}/${one.name}`)))).flat();
}

/** What a directory of Zarr holds beside its chunks. */
const ZARR = /^(zarr\.json|\.zarray|\.zgroup)$/;

/** Browsers give the entries of a directory in portions, until one is empty. */
async function entriesOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (portion.length === 0) return all;
    all.push(...portion);
  }
}

/**
 * Whether files that were dropped on the page are recordings. An experiment file never is, nor what is dropped together with one.
 * A .npy file is with three axes or more, a .csv file with the columns of a long table: others are tables of stimuli.
 */
export async function areRecordings(named: readonly NamedFile[]): Promise<boolean> {
  if (named.some(({ path }) => /\.zarr\//i.test(path))) return true;
  const files = named.map(({ file }) => file);
  if (files.some(({ name }) => /\.(ya?ml|json|m?[jt]s)$/i.test(name))) return false;
  for (const file of files) if (await isRecording(file)) return true;
  return false;
}

async function isRecording(file: File): Promise<boolean> {
  const { name } = file;
  if (/\.(npz|mat|h5|hdf5|nwb|nc|parquet|tsv|zip|zarr)$/i.test(name)) return true;
  const head = (): Promise<ArrayBuffer> => file.slice(0, HEAD_BYTES).arrayBuffer();
  if (/\.npy$/i.test(name)) {
    try {
      return npyHeader(new Uint8Array(await head())).shape.length > 2;
    } catch {
      return false;
    }
  }
  if (!/\.csv$/i.test(name)) return false;
  const [line] = new TextDecoder().decode(await head()).split('\n', 1);
  const columns = line
    .toLowerCase()
    .split(',')
    .map((column) => column.replace(/[\s"]/g, ''));
  return ['stimulus', 'neuron', 'value'].every((column) => columns.includes(column));
}
