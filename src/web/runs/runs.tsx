import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { InvalidInputError } from '#core';
import type { Lab } from '../lab.js';
import { readReport, type ShownPoint } from './report.js';
import { dataFilesOf, experimentFileOf, type ShownSweep } from './sweep.js';
import { PointTable, SweepTable } from './tables.js';

/** A run directory, as the server lists it. */
interface Run {
  readonly path: string;
  readonly kind: 'sweep' | 'report';
  readonly files: readonly string[];
}

interface Opened extends Run {
  readonly shown: ShownSweep | readonly ShownPoint[];
}

/** Where the server has runs: it says so in the page, since a static host has none. */
const base = (): string | null => document.querySelector<HTMLMetaElement>('meta[name=meander-runs]')?.content ?? null;

async function fetched(address: string): Promise<Response> {
  const response = await fetch(address);
  if (response.ok) return response;
  throw new InvalidInputError(`${decodeURIComponent(address)}: ${(await response.text()).trim()}`);
}

const isSweep = (shown: Opened['shown']): shown is ShownSweep => 'rows' in shown;

/** The runs of the directory that `meander serve DIR` was given: their tables and figures, and the way into the lab. */
export function Runs({ lab }: { readonly lab: Lab }): ComponentChildren {
  const [runs, setRuns] = useState<readonly Run[]>([]);
  const [opened, setOpened] = useState<Opened | null>(null);
  const where = base();
  const trying = (work: Promise<void>): void => {
    work.catch((error: unknown) => {
      lab.say(error instanceof Error ? error.message : String(error));
    });
  };
  useEffect(() => {
    if (where === null) return;
    trying(
      fetched(where).then(async (response) => {
        setRuns((await response.json()) as Run[]);
      }),
    );
  }, [where]);
  if (where === null) return null;
  const address = (run: Run, file: string): string =>
    where + [...(run.path === '' ? [] : [run.path]), ...file.split('/')].map(encodeURIComponent).join('/');
  const open = async (run: Run): Promise<void> => {
    setOpened(null);
    if (run.kind === 'sweep') {
      const response = await fetched(address(run, 'sweep.json'));
      setOpened({ ...run, shown: (await response.json()) as ShownSweep });
    } else {
      const response = await fetched(address(run, 'report.json'));
      setOpened({ ...run, shown: readReport(`${run.path}/report.json`, await response.text()) });
    }
    lab.say(null);
  };
  const intoLab = async ({ shown, ...run }: Opened, point: number): Promise<void> => {
    const file = isSweep(shown) ? shown.file : experimentFileOf(run.files);
    if (file === undefined) throw new InvalidInputError(`${run.path}: has no experiment file`);
    const files = await Promise.all(
      [file, ...dataFilesOf(run.files)].map(
        async (name) => new File([await (await fetched(address(run, name))).blob()], name),
      ),
    );
    await lab.bring(files, point);
    scrollTo({ top: 0 });
  };
  const drawn = opened && isSweep(opened.shown) ? opened.shown.figures : [];
  const openPoint = (point: number): void => {
    if (opened) trying(intoLab(opened, point));
  };
  return (
    <section class="panel runs" aria-labelledby="runs-title">
      <h2 id="runs-title">Runs</h2>
      {runs.length === 0 && <p class="range">This directory has no run: none with a report.json or a manifest.json.</p>}
      <ul>
        {runs.map((run) => (
          <li key={run.path}>
            <button
              type="button"
              aria-pressed={opened?.path === run.path}
              onClick={() => {
                trying(open(run));
              }}
            >
              {run.path === '' ? 'this directory' : run.path}
            </button>
          </li>
        ))}
      </ul>
      {opened && (
        <>
          {isSweep(opened.shown) ? (
            <SweepTable sweep={opened.shown} open={openPoint} />
          ) : (
            opened.shown.map((point, k) => <PointTable key={k} place={k} point={point} open={openPoint} />)
          )}
          {drawn.map(({ name, svg }) => (
            <img
              key={name}
              src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`}
              alt={`${name} over the swept parameters, theory beside simulation; the table has the numbers`}
            />
          ))}
          {opened.files
            .filter((file) => /\.(svg|png)$/i.test(file))
            .filter((file) => !drawn.some(({ name }) => file === `figures/${name}.svg`))
            .map((file) => (
              <img key={file} src={address(opened, file)} alt={`Figure ${file}`} />
            ))}
        </>
      )}
    </section>
  );
}
