import type { Container } from '../container.js';
import type { LongTable } from '../table/rows.js';

/** What a file holds: arrays, whose axes have to be named, or a long table, whose columns name them. */
export type Opened =
  { readonly kind: 'arrays'; readonly container: Container } | { readonly kind: 'table'; readonly table: LongTable };

/** How a format is read; what it needs is loaded when it is asked for. */
interface Format {
  readonly endings: readonly string[];
  open(bytes: Uint8Array, name: string): Promise<Opened>;
}

const arrays = (container: Container): Opened => ({ kind: 'arrays', container });

const formats: readonly Format[] = [
  {
    endings: ['.npy'],
    open: async (bytes, name) => arrays((await import('./npy.js')).npyContainer(bytes, name)),
  },
  { endings: ['.npz'], open: async (bytes) => arrays((await import('./npy.js')).npzContainer(bytes)) },
  {
    endings: ['.csv', '.tsv'],
    open: async (bytes) => ({ kind: 'table', table: await (await import('../table/csv.js')).readCsv(bytes) }),
  },
  {
    endings: ['.parquet'],
    open: async (bytes) => ({
      kind: 'table',
      table: await (await import('../table/parquet.js')).readParquetTable(bytes),
    }),
  },
  { endings: ['.mat'], open: async (bytes) => arrays(await (await import('./matlab/mat.js')).matContainer(bytes)) },
  {
    endings: ['.h5', '.hdf5', '.nwb', '.nc'],
    open: async (bytes) => arrays(await (await import('./hdf5/in-memory.js')).hdf5InMemory(bytes)),
  },
  {
    endings: ['.zarr.zip', '.zip'],
    open: async (bytes, name) => arrays(await (await import('./zarr/in-memory.js')).zarrOfZip(bytes, name)),
  },
];

/** Endings of the names of files that are read, for messages. */
export const ENDINGS = formats.flatMap(({ endings }) => endings);

/** The ending that says what a file is; undefined where none is known. */
export const endingOf = (name: string): string | undefined =>
  ENDINGS.filter((ending) => name.toLowerCase().endsWith(ending)).sort((a, b) => b.length - a.length)[0];

const PYTHON = 'open it in Python and save the array by numpy.save';

/** How recordings in other formats become files that are read. */
const OTHER_FORMATS: Readonly<Record<string, string>> = {
  '.pkl': PYTHON,
  '.pickle': PYTHON,
  '.joblib': PYTHON,
  '.pt': PYTHON,
  '.rds': 'open it in R and save a long table as CSV',
  '.rdata': 'open it in R and save a long table as CSV',
  '.xlsx': 'save a long table as CSV',
  '.tif': 'take cells and their traces out of images first (docs/recordings.md)',
  '.tiff': 'take cells and their traces out of images first (docs/recordings.md)',
};

/** Opens a file by the ending of its name. Throws Error that says what was found. */
export async function openFile(name: string, bytes: Uint8Array): Promise<Opened> {
  const ending = endingOf(name);
  const format = formats.find(({ endings }) => ending !== undefined && endings.includes(ending));
  if (!format) {
    const known = Object.keys(OTHER_FORMATS).find((other) => name.toLowerCase().endsWith(other));
    const hint = known === undefined ? '' : `; ${OTHER_FORMATS[known]}`;
    throw new Error(`its name has an unknown ending, expected ${ENDINGS.join(', ')}${hint}`);
  }
  return format.open(bytes, name);
}

/** Opens the files of a Zarr hierarchy, by their paths in it. Throws Error that says what was found. */
export const openZarr = async (name: string, files: ReadonlyMap<string, () => Uint8Array>): Promise<Opened> =>
  arrays(await (await import('./zarr/in-memory.js')).zarrOfFiles(files, name));
