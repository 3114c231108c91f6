// What `meander serve DIR` answers about the runs of its directory.
import { InvalidInputError } from '#core';
import { readReport } from './report.js';
import { nameOf, type Run, type RunView } from './run-view.js';
import { readSweep, type SweepResponse } from './sweep.js';

/** The run directories below the served one. */
export interface RunList {
  readonly runs: readonly Run[];
  /** Whether the server has looked at everything in the directory. */
  readonly whole: boolean;
}

/** The data files that an experiment file names: those in its directory, and those that are missing. */
interface NamedData {
  readonly data: readonly string[];
  readonly missing: readonly string[];
}

/** The URL of the runs, which the server writes into the page; null on a static host, which has none. */
export const runsUrl = (): string | null =>
  document.querySelector<HTMLMetaElement>('meta[name=meander-runs]')?.content ?? null;

/** The URL of a file of a run. */
export const urlOf = ({ path }: Run, file: string): string =>
  (runsUrl() ?? '') +
  [...path.split('/'), ...file.split('/')]
    .filter((part) => part !== '')
    .map(encodeURIComponent)
    .join('/');

async function fetched(url: string): Promise<Response> {
  const response = await fetch(url);
  if (response.ok) return response;
  throw new InvalidInputError(`${decodeURIComponent(url)}: ${(await response.text()).trim()}`);
}

export const fetchRuns = async (url: string): Promise<RunList> => (await (await fetched(url)).json()) as RunList;

/** Reads the results of a run. Throws InvalidInputError where they are damaged. */
export async function fetchRun(run: Run): Promise<RunView> {
  if (run.kind === 'sweep') {
    return readSweep((await (await fetched(urlOf(run, '.sweep'))).json()) as SweepResponse);
  }
  const text = await (await fetched(urlOf(run, 'report.json'))).text();
  return readReport(`${run.path}/report.json`.replace(/^\//, ''), text, run);
}

/** The experiment file of a run and the data files that it names. Throws InvalidInputError where one is missing. */
export async function fetchExperiment(run: Run, view: RunView): Promise<File[]> {
  const file = view.kind === 'table' ? view.file : undefined;
  if (file === undefined) throw new InvalidInputError(`${nameOf(run)}: has no experiment file`);
  const { data, missing } = (await (await fetched(urlOf(run, `${file}/.data`))).json()) as NamedData;
  if (missing.length > 0) {
    throw new InvalidInputError(
      `${nameOf(run)}: ${file} names data that is not in this directory: ${missing.join(', ')}; ` +
        `put it there, or drop it onto the page together with ${file}`,
    );
  }
  const fetchFile = async (name: string): Promise<File> =>
    new File([await (await fetched(urlOf(run, name))).blob()], name.replace(/^.*\//, ''));
  return Promise.all([file, ...data].map(fetchFile));
}
