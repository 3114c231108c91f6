import type { ServedRun, ServedRuns } from '#core';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Lab } from '../lab/lab.js';
import type { RunView } from './run-view.js';
import { SweepPoints } from './sweep-points.js';
import { runsUrl } from './runs-url.js';

/** The code that reads and shows runs, which only pages of a server with runs need. */
const load = () => import('./runs.js');
type Code = Awaited<ReturnType<typeof load>>;

interface Found {
  readonly code: Code;
  readonly runs: ServedRuns;
}

interface Opened {
  readonly run: ServedRun;
  readonly view: RunView;
}

/**
 * The runs of the directory that `meander serve DIR` was given: their list, and the one that is opened; nothing where
 * the server has none. Before the list the points of the user's file, where it has several.
 */
export function useRuns(lab: Lab): { readonly list: ComponentChildren; readonly opened: ComponentChildren } {
  const url = runsUrl();
  const [found, setFound] = useState<Found | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const buttons = useRef<HTMLUListElement>(null);
  const requested = useRef<ServedRun | null>(null);
  const showErrorsOf = (work: Promise<void>): void => {
    work.catch((error: unknown) => {
      lab.setMessage(error instanceof Error ? error.message : String(error));
      // Messages are at the top of the page.
      scrollTo({ top: 0 });
    });
  };
  useEffect(() => {
    const find = async (from: string): Promise<void> => {
      const code = await load();
      setFound({ code, runs: await code.fetchRuns(from) });
    };
    if (url !== null) showErrorsOf(find(url));
  }, [url]);
  const open = async ({ fetchRun }: Code, run: ServedRun): Promise<void> => {
    requested.current = run;
    setOpened(null);
    const view = await fetchRun(run);
    if (requested.current !== run) return;
    setOpened({ run, view });
    lab.setMessage(null);
  };
  const close = (): void => {
    buttons.current?.querySelector<HTMLElement>('[aria-pressed=true]')?.focus();
    setOpened(null);
  };
  const openPoint = async ({ fetchExperiment }: Code, { run, view }: Opened, pointIndex: number): Promise<void> => {
    await lab.loadFiles(await fetchExperiment(run, view), pointIndex);
    scrollTo({ top: 0 });
  };
  // Rendered only when they have changed: the page is rendered with every sample.
  const panel = useMemo(
    () =>
      found && (
        <found.code.RunsPanel
          found={found.runs}
          opened={opened?.run ?? null}
          list={buttons}
          open={(run) => {
            showErrorsOf(open(found.code, run));
          }}
        />
      ),
    [found, opened],
  );
  const openedRun = useMemo(
    () =>
      found &&
      opened && (
        <found.code.OpenedRun
          run={opened.run}
          view={opened.view}
          url={(file) => found.code.urlOf(opened.run, file)}
          openPoint={(pointIndex) => {
            showErrorsOf(openPoint(found.code, opened, pointIndex));
          }}
          close={close}
        />
      ),
    [found, opened],
  );
  const { sweep } = lab.state;
  const points = useMemo(
    () =>
      sweep && (
        <SweepPoints
          sweep={sweep}
          open={(pointIndex) => {
            void lab.loadFiles(sweep.files, pointIndex);
          }}
        />
      ),
    [sweep],
  );
  const list = (
    <>
      {points}
      {panel}
    </>
  );
  return { list, opened: openedRun };
}
