import type { ServedRun, ServedRuns } from '#core';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Lab } from '../lab/lab.js';
import { OpenedRun } from './opened-run.js';
import { RunsPanel } from './runs-panel.js';
import type { RunView } from './run-view.js';
import { SweepPoints } from './sweep-points.js';
import { fetchExperiment, fetchRun, fetchRuns, runsUrl, urlOf } from './server.js';

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
  const [found, setFound] = useState<ServedRuns | null>(null);
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
    if (url !== null) showErrorsOf(fetchRuns(url).then(setFound));
  }, [url]);
  const open = async (run: ServedRun): Promise<void> => {
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
  const openPoint = async ({ run, view }: Opened, pointIndex: number): Promise<void> => {
    await lab.loadFiles(await fetchExperiment(run, view), pointIndex);
    scrollTo({ top: 0 });
  };
  // Rendered only when they have changed: the page is rendered with every sample.
  const panel = useMemo(
    () =>
      found && (
        <RunsPanel
          found={found}
          opened={opened?.run ?? null}
          list={buttons}
          open={(run) => {
            showErrorsOf(open(run));
          }}
        />
      ),
    [found, opened],
  );
  const openedRun = useMemo(
    () =>
      opened && (
        <OpenedRun
          run={opened.run}
          view={opened.view}
          url={(file) => urlOf(opened.run, file)}
          openPoint={(pointIndex) => {
            showErrorsOf(openPoint(opened, pointIndex));
          }}
          close={close}
        />
      ),
    [opened],
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
