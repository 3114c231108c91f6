// What `meander serve DIR` answers about the runs of its directory.
import { InvalidInputError, type ServedData, type ServedRun, type ServedRuns, type ServedSweep } from '#core';
import { readReport } from './report.js';
import { nameOf, type RunView } from './run-view.js';
import { runsUrl } from './runs-url.js';
import type { RunSource } from './source.js';
import { readSweep } from './sweep.js';

/** The URL of a file of a run. */
const urlOf = ({ path }: ServedRun, file: string): string =>
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

/** The runs of the directory that `meander serve DIR` was given. */
export const serverRuns = async (url: string): Promise<RunSource> => ({
  title: 'Runs',
  runs: (await (await fetched(url)).json()) as ServedRuns,
  read: fetchRun,
  url: urlOf,
  experiment: fetchExperiment,
});

async function fetchRun(run: ServedRun): Promise<RunView> {
  if (run.kind === 'sweep') {
    return readSweep((await (await fetched(urlOf(run, '.sweep'))).json()) as ServedSweep);
  }
  const text = await (await fetched(urlOf(run, 'report.json'))).text();
  return readReport(`${run.path}/report.json`.replace(/^\//, ''), text, run);
}

async function fetchExperiment(run: ServedRun, view: RunView): Promise<File[]> {
  const file = view.kind === 'table' ? view.file : undefined;
  if (file === undefined) throw new InvalidInputError(`${nameOf(run)}: has no experiment file`);
  const { data, missing } = (await (await fetched(urlOf(run, `${file}/.data`))).json()) as ServedData;
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
