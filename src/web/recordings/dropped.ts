import { npyHeader } from '#core';

/** The beginning of a file, in which the header of an array or the names of columns are. */
const HEAD_BYTES = 4096;

/**
 * Whether files that were dropped on the page are recordings. An experiment file never is, nor what is dropped together with one.
 * A .npy file is with three axes or more, a .csv file with the columns of a long table: others are tables of stimuli.
 */
export async function areRecordings(files: readonly File[]): Promise<boolean> {
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
