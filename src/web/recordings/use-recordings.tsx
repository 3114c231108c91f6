import type { ComponentChildren, ComponentType } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Lab } from '../lab/lab.js';
import { isPresenting } from '../layout.js';
import { droppedFiles, type UserFile } from '../saved-runs/user/dropped-files.js';
import { takeRuns } from '../saved-runs/user/take.js';
import type { KeptRecording } from './kept.js';
import type { NamedFile } from './messages.js';
import type { PanelProps } from './recording-panel.js';

interface Opened {
  readonly Panel: ComponentType<PanelProps>;
  readonly files: readonly NamedFile[];
  readonly kept: KeptRecording | null;
}

/**
 * Recordings of the user: a button that opens their panel, and the panel, which is loaded when it is opened, or when its tab is shown and
 * the browser has kept a recording. Files that are dropped anywhere on the page open it where they are recordings, and otherwise go to the lab.
 */
export function useRecordings(lab: Lab): { readonly button: ComponentChildren; readonly opened: ComponentChildren } {
  const [opened, setOpened] = useState<Opened | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const drops = useRef(0);
  const fail = (error: unknown): void => {
    lab.fail(error instanceof Error ? new Error(inWordsOfPage(error.message)) : error);
    // Messages are at the top of the page.
    scrollTo({ top: 0 });
  };
  const open = async (files: readonly NamedFile[]): Promise<void> => {
    const { RecordingPanel } = await import('./recording-panel.js');
    lab.look({ tab: 'recordings' });
    setOpened({ Panel: RecordingPanel, files, kept: null });
  };
  const isShown = lab.state.view.tab === 'recordings';
  const asked = useRef(false);
  const restore = async (): Promise<void> => {
    // In a talk the stage is alone.
    if (!isShown || isPresenting || asked.current) return;
    asked.current = true;
    const { keptRecording } = await import('./kept.js');
    const kept = await keptRecording();
    if (!kept) return;
    const { RecordingPanel } = await import('./recording-panel.js');
    // What was opened meanwhile wins.
    setOpened((before) => before ?? { Panel: RecordingPanel, files: [], kept });
  };
  useEffect(() => {
    restore().catch(fail);
  }, [isShown]);
  const drop = async (dropped: Promise<readonly UserFile[]>): Promise<void> => {
    const drop = ++drops.current;
    const { experiments } = lab;
    const all = await dropped;
    if (all.length === 0 || (await takeRuns(all))) return;
    const { areRecordings, recordingFiles } = await import('./dropped.js');
    const files = recordingFiles(all);
    const found = await areRecordings(files);
    // What was dropped or chosen meanwhile wins.
    if (drop !== drops.current || experiments !== lab.experiments) return;
    if (found) await open(files);
    else await lab.loadFiles(files.map(({ file }) => file));
  };
  useEffect(() => {
    document.addEventListener('dragover', (event) => {
      event.preventDefault();
    });
    document.addEventListener('drop', (event) => {
      event.preventDefault();
      if (event.dataTransfer) drop(droppedFiles(event.dataTransfer)).catch(fail);
    });
  }, [lab]);
  // Rendered only when it has changed: the page is rendered with every sample.
  const panel = useMemo(
    () =>
      opened && (
        <opened.Panel
          lab={lab}
          files={opened.files}
          kept={opened.kept}
          fail={fail}
          close={() => {
            button.current?.focus();
            setOpened(null);
          }}
        />
      ),
    [opened],
  );
  return {
    button: (
      <section class="panel" aria-labelledby="recordings-title">
        <h2 id="recordings-title">Recordings</h2>
        <button
          type="button"
          ref={button}
          onClick={() => {
            open([]).catch(fail);
          }}
        >
          Analyse a recording
        </button>
      </section>
    ),
    opened: panel,
  };
}

/** Readers name options of the command line; the page has fields. */
const inWordsOfPage = (message: string): string =>
  message.replace(/--(axes|key)\b/g, (_, option) => (option === 'axes' ? 'Axes' : 'Array'));
