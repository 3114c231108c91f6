import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { InvalidInputError } from '#core';
import type { Lab } from '../lab/lab.js';
import { OpenedRun } from './opened.js';
import { readReport } from './report.js';
import { nameOf, type Run, type RunView } from './run-view.js';
import { readSweep } from './sweep.js';

interface RunList {
  readonly runs: readonly Run[];
  /** Whether the server looked at all that lies in the directory. */
  readonly whole: boolean;
}

interface Opened {
  readonly run: Run;
  readonly shown: RunView;
}

/** The data files that an experiment file names: those in its directory, and those that are not there. */
interface NamedData {
  readonly data: readonly string[];
  readonly missing: readonly string[];
}

/** Where the server has runs: it says so in the page, since a static host has none. */
const base = (): string | null => document.querySelector<HTMLMetaElement>('meta[name=meander-runs]')?.content ?? null;

const addressOf = ({ path }: Run, file: string): string =>
  (base() ?? '') +
  [...path.split('/'), ...file.split('/')]
    .filter((part) => part !== '')
    .map(encodeURIComponent)
    .join('/');

async function fetched(address: string): Promise<Response> {
  const response = await fetch(address);
  if (response.ok) return response;
  throw new InvalidInputError(`${decodeURIComponent(address)}: ${(await response.text()).trim()}`);
}

async function read(run: Run): Promise<RunView> {
  if (run.kind === 'sweep') {
    return readSweep((await (await fetched(addressOf(run, '.sweep'))).json()) as Parameters<typeof readSweep>[0]);
  }
  const text = await (await fetched(addressOf(run, 'report.json'))).text();
  return readReport(`${run.path}/report.json`.replace(/^\//, ''), text, run);
}

/** The experiment file of an opened run and the data files that it names. Throws InvalidInputError where one is missing. */
async function experimentOf({ run, shown }: Opened): Promise<File[]> {
  const file = shown.kind === 'table' ? shown.file : undefined;
  if (file === undefined) throw new InvalidInputError(`${nameOf(run)}: has no experiment file`);
  const { data, missing } = (await (await fetched(addressOf(run, `${file}/.data`))).json()) as NamedData;
  if (missing.length > 0) {
    throw new InvalidInputError(
      `${nameOf(run)}: ${file} names data that is not in this directory: ${missing.join(', ')}; ` +
        `put it there, or drop it onto the page together with ${file}`,
    );
  }
  const brought = async (name: string): Promise<File> =>
    new File([await (await fetched(addressOf(run, name))).blob()], name.replace(/^.*\//, ''));
  return Promise.all([file, ...data].map(brought));
}

/**
 * The runs of the directory that `meander serve DIR` was given: their list, and the one that is opened with the way into the
 * lab. Nothing where the server has none.
 */
export function useRuns(lab: Lab): { readonly list: ComponentChildren; readonly opened: ComponentChildren } {
  const where = base();
  const [found, setFound] = useState<RunList | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const asked = useRef<Run | null>(null);
  const trying = (work: Promise<void>): void => {
    work.catch((error: unknown) => {
      lab.setMessage(error instanceof Error ? error.message : String(error));
      // Messages stand above all.
      scrollTo({ top: 0 });
    });
  };
  useEffect(() => {
    if (where === null) return;
    trying(
      fetched(where).then(async (response) => {
        setFound((await response.json()) as RunList);
      }),
    );
  }, [where]);
  const open = async (run: Run): Promise<void> => {
    asked.current = run;
    setOpened(null);
    const shown = await read(run);
    if (asked.current !== run) return;
    setOpened({ run, shown });
    lab.setMessage(null);
  };
  const close = (): void => {
    list.current?.querySelector<HTMLElement>('[aria-pressed=true]')?.focus();
    setOpened(null);
  };
  const intoLab = async (from: Opened, point: number): Promise<void> => {
    await lab.loadFiles(await experimentOf(from), point);
    scrollTo({ top: 0 });
  };
  // Drawn anew only when it has changed: the page is drawn with every sample.
  const shownList = useMemo(
    () =>
      found && (
        <section class="panel runs" aria-labelledby="runs-title">
          <h2 id="runs-title">Runs</h2>
          {found.runs.length === 0 && (
            <p class="range">This directory has no run: none with a report.json or a manifest.json.</p>
          )}
          {!found.whole && (
            <p class="range">More lies here than was looked at; serve a directory that is nearer to the runs.</p>
          )}
          <ul ref={list}>
            {found.runs.map((run) => (
              <li key={run.path}>
                <button
                  type="button"
                  aria-pressed={opened?.run === run}
                  onClick={() => {
                    trying(open(run));
                  }}
                >
                  {nameOf(run)}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ),
    [found, opened],
  );
  const shownRun = useMemo(
    () =>
      opened && (
        <OpenedRun
          run={opened.run}
          shown={opened.shown}
          address={(file) => addressOf(opened.run, file)}
          open={(point) => {
            trying(intoLab(opened, point));
          }}
          close={close}
        />
      ),
    [opened],
  );
  return { list: shownList, opened: shownRun };
}
