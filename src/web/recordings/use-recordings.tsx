import type { ComponentChildren, ComponentType } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Lab } from '../lab/lab.js';
import type { NamedFile } from './messages.js';
import type { PanelProps } from './recording-panel.js';

interface Opened {
  readonly Panel: ComponentType<PanelProps>;
  readonly files: readonly NamedFile[];
}

/**
 * Recordings of the user: a button that opens their panel, and the panel, which is loaded when it is opened. Files that are dropped
 * anywhere on the page open it where they are recordings, and otherwise go to the lab.
 */
export function useRecordings(lab: Lab): { readonly button: ComponentChildren; readonly opened: ComponentChildren } {
  const [opened, setOpened] = useState<Opened | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const drops = useRef(0);
  const fail = (error: unknown): void => {
    lab.setMessage(error instanceof Error ? inWordsOfPage(error.message) : String(error));
    // Messages are at the top of the page.
    scrollTo({ top: 0 });
  };
  const open = async (files: readonly NamedFile[]): Promise<void> => {
    const { RecordingPanel } = await import('./recording-panel.js');
    setOpened({ Panel: RecordingPanel, files });
  };
  const drop = async (files: readonly File[]): Promise<void> => {
    const drop = ++drops.current;
    const { experiments } = lab;
    const { areRecordings } = await import('./dropped.js');
    const found = await areRecordings(files);
    // What was dropped or chosen meanwhile wins.
    if (drop !== drops.current || experiments !== lab.experiments) return;
    if (found) await open(files.map((file) => ({ path: file.name, file })));
    else await lab.loadFiles(files);
  };
  useEffect(() => {
    document.addEventListener('dragover', (event) => {
      event.preventDefault();
    });
    document.addEventListener('drop', (event) => {
      event.preventDefault();
      const files = Array.from(event.dataTransfer?.files ?? []);
      if (files.length > 0) drop(files).catch(fail);
    });
  }, [lab]);
  // Rendered only when it has changed: the page is rendered with every sample.
  const panel = useMemo(
    () =>
      opened && (
        <opened.Panel
          lab={lab}
          files={opened.files}
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
