import { npyHeader } from '#core';
import { naturalOrder } from '#recording';
import type { NamedFile } from './messages.js';

/** The beginning of a file, in which the header of an array or the names of columns are. */
const HEAD_BYTES = 4096;

/** What a directory of Zarr holds beside its chunks. */
const ZARR = /(?:^|\/)(?:zarr\.json|\.zarray|\.zgroup)$/;

/**
 * Files that were dropped as readers of recordings expect them: in natural order, without what is hidden. A directory of Zarr is called
 * so that it is known again as one, whatever its name.
 */
export function recordingFiles(files: readonly NamedFile[]): readonly NamedFile[] {
  const inside = files.filter(({ path }) => ZARR.test(path)).map(({ path }) => path.replace(/[^/]*$/, ''));
  // Groups lie in groups: the outermost has the name.
  const roots = inside.filter(
    (root) => root !== '' && !inside.some((other) => other !== root && root.startsWith(other)),
  );
  const renamed = (path: string): string => {
    const root = roots.find((one) => path.startsWith(one));
    return root === undefined || /\.zarr\//i.test(root) ? path : `${root.slice(0, -1)}.zarr/${path.slice(root.length)}`;
  };
  return files
    .filter(({ path }) => path.split('/').every((name) => !name.startsWith('.') || name.startsWith('.z')))
    .map(({ path, file }) => ({ path: renamed(path), file }))
    .sort((a, b) => naturalOrder(a.path, b.path));
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
