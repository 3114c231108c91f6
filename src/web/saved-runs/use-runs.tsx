import { InvalidInputError, type ServedRun } from '#core';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Lab } from '../lab/lab.js';
import { ChooseRuns } from './user/choose-runs.js';
import type { UserFile } from './user/dropped-files.js';
import type { RunView } from './run-view.js';
import { runsUrl } from './runs-url.js';
import type { RunSource } from './source.js';
import { SweepPoints } from './sweep-points.js';
import { setTaker } from './user/take.js';

/** The code that reads and shows runs, which only pages with runs need. */
const load = () => import('./runs.js');

/** The runs of the server and those of the user, and the code for them. */
interface Found {
  readonly code: Awaited<ReturnType<typeof load>>;
  readonly server: RunSource | null;
  readonly user: RunSource | null;
}

interface Opened {
  readonly source: RunSource;
  readonly run: ServedRun;
  readonly view: RunView;
}

/**
 * The runs of the directory that `meander serve DIR` was given and those of the user: their lists, and the one that is opened;
 * and the points of the user's file, where it has several.
 */
export function useRuns(lab: Lab): {
  readonly points: ComponentChildren;
  readonly list: ComponentChildren;
  readonly opened: ComponentChildren;
} {
  const url = runsUrl();
  const [found, setFound] = useState<Found | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const buttons = useRef<HTMLDivElement>(null);
  const requested = useRef<ServedRun | null>(null);
  const showErrorsOf = (work: Promise<void>): void => {
    work.catch((error: unknown) => {
      lab.fail(error);
      // Messages are at the top of the page.
      scrollTo({ top: 0 });
    });
  };
  const open = async (source: RunSource, run: ServedRun): Promise<void> => {
    requested.current = run;
    setOpened(null);
    const view = await source.read(run);
    if (requested.current !== run) return;
    setOpened({ source, run, view });
    lab.closeMessage();
    lab.look({ tab: 'runs' });
  };
  const add = (code: Found['code'], sources: Partial<Found>): void => {
    setFound((before) => ({ server: null, user: null, ...before, code, ...sources }));
  };
  /** Opens runs of the user; whether there were any. */
  const take = async (files: readonly UserFile[]): Promise<boolean> => {
    const code = await load();
    const user = await code.userRuns(files);
    if (!user) return false;
    add(code, { user });
    await open(user, user.runs.runs[0]);
    return true;
  };
  useEffect(() => {
    setTaker(take);
    const find = async (from: string): Promise<void> => {
      const code = await load();
      add(code, { server: await code.serverRuns(from) });
    };
    if (url !== null) showErrorsOf(find(url));
  }, [url]);
  const choose = async (files: readonly UserFile[]): Promise<void> => {
    if (files.length > 0 && !(await take(files)))
      throw new InvalidInputError(
        `${files[0].path.replace(/\/.*/, '')}: has no run, expected a directory that meander run --out, meander sweep or meander reproduce wrote, or an archive of such`,
      );
  };
  const close = (): void => {
    buttons.current?.querySelector<HTMLElement>('[aria-pressed=true]')?.focus();
    setOpened(null);
  };
  const openPoint = async ({ source, run, view }: Opened, pointIndex: number): Promise<void> => {
    await lab.loadFiles(await source.experiment(run, view), pointIndex);
    scrollTo({ top: 0 });
  };
  // Rendered only when they have changed: the page is rendered with every sample.
  const panels = useMemo(
    () => (
      <div ref={buttons}>
        {[found?.user, found?.server].map(
          (source) =>
            found &&
            source && (
              <found.code.RunsPanel
                key={source.title}
                source={source}
                opened={opened?.run ?? null}
                open={(run) => {
                  showErrorsOf(open(source, run));
                }}
              />
            ),
        )}
        <ChooseRuns
          choose={(files) => {
            showErrorsOf(choose(files));
          }}
        />
      </div>
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
          url={(file) => opened.source.url(opened.run, file)}
          openPoint={(pointIndex) => {
            showErrorsOf(openPoint(opened, pointIndex));
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
  return { points, list: panels, opened: openedRun };
}
