// Run directories of the user: dropped or chosen, as directories or ZIP archives.
import { InvalidInputError, type ServedRun } from '#core';
import { unzipSync } from 'fflate';
import type { UserFile } from './dropped-files.js';
import { readReport } from '../report.js';
import { nameOf, type RunView } from '../run-view.js';
import type { RunSource } from '../source.js';
import { readUserSweep } from './user-sweep.js';

const REPORT = 'report.json';
const MANIFEST = 'manifest.json';
/** What is read of an archive, and how large such a file may be. */
const READ = /\.(json|ya?ml|npy|csv|svg|png|parquet)$/i;
const MAX_BYTES = 2 ** 27;

/** The runs among files of the user; null where there is none. Throws InvalidInputError for a damaged archive. */
export async function userRuns(given: readonly UserFile[]): Promise<RunSource | null> {
  const files = new Map<string, File>();
  for (const { path, file } of given) {
    if (/\.zip$/i.test(path)) for (const [name, content] of await unzipped(file)) files.set(name, content);
    else files.set(path, file);
  }
  const runs = runsAmong([...files.keys()]);
  if (runs.length === 0) return null;
  const pictures = new Map<string, string>();
  const textOf = (path: string): Promise<string> => files.get(path)?.text() ?? Promise.resolve('');
  return {
    title: 'Your runs',
    runs: { runs, whole: true },
    async read(run): Promise<RunView> {
      for (const name of run.files) {
        const file = files.get(below(run.path, name));
        if (file && /\.(svg|png)$/i.test(name)) pictures.set(below(run.path, name), await dataUrl(file));
      }
      const path = below(run.path, run.kind === 'sweep' ? MANIFEST : REPORT);
      return run.kind === 'sweep'
        ? readUserSweep(path, await textOf(path), (name) => files.get(below(run.path, name)))
        : readReport(path, await textOf(path), run);
    },
    url: (run, name) => pictures.get(below(run.path, name)) ?? '',
    async experiment(run, view): Promise<File[]> {
      const name = view.kind === 'table' ? view.file : undefined;
      const file = name === undefined ? undefined : files.get(below(run.path, name));
      if (!file) throw new InvalidInputError(`${nameOf(run)}: has no experiment file`);
      const text = await file.text();
      const data = [...files.values()].filter((one) => /\.(npy|csv)$/i.test(one.name) && text.includes(one.name));
      return [file, ...data];
    },
  };
}

const below = (directory: string, name: string): string => (directory === '' ? name : `${directory}/${name}`);

/** Directories with results; those inside another are not runs of their own. */
function runsAmong(paths: readonly string[]): ServedRun[] {
  const names = new Map<string, string[]>();
  for (const path of paths) {
    const end = path.lastIndexOf('/');
    const directory = path.slice(0, Math.max(0, end));
    names.set(directory, [...(names.get(directory) ?? []), path.slice(end + 1)]);
  }
  const runs: ServedRun[] = [];
  for (const path of [...names.keys()].sort()) {
    const own = names.get(path) ?? [];
    const kind = own.includes(REPORT) ? 'report' : own.includes(MANIFEST) ? 'sweep' : null;
    if (kind === null || runs.some((run) => path.startsWith(below(run.path, '')))) continue;
    const figures = (names.get(below(path, 'figures')) ?? []).map((name) => `figures/${name}`);
    runs.push({ path, kind, files: [...own, ...figures].sort() });
  }
  return runs;
}

/** The files of an archive, below its name unless all lie in one directory. */
async function unzipped(file: File): Promise<[path: string, content: File][]> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let contents: Record<string, Uint8Array<ArrayBuffer>>;
  try {
    contents = unzipSync(bytes, { filter: ({ name, originalSize }) => READ.test(name) && originalSize <= MAX_BYTES });
  } catch {
    throw new InvalidInputError(`${file.name}: is not a ZIP archive`);
  }
  const paths = Object.keys(contents);
  const top = new Set(paths.map((path) => path.slice(0, path.indexOf('/') + 1)));
  const prefix = top.size === 1 && !top.has('') ? '' : `${file.name.replace(/\.zip$/i, '')}/`;
  return paths.map((path) => [prefix + path, new File([contents[path]], path.replace(/^.*\//, ''))]);
}

const dataUrl = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    const type = /svg$/i.test(file.name) ? 'image/svg+xml' : 'image/png';
    reader.onload = () => {
      resolve(reader.result as string);
    };
    reader.onerror = () => {
      reject(new InvalidInputError(`${file.name}: cannot be read`));
    };
    reader.readAsDataURL(new Blob([file], { type }));
  });
