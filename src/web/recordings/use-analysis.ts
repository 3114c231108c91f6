import { CancelledError } from '#core';
import type { FileContents } from '#recording';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Lab } from '../lab/lab.js';
import { RecordingClient } from './client.js';
import { keepDeclared, keepRecording, type KeptRecording } from './kept.js';
import type { Declared, NamedFile, ShownReport, Step } from './messages.js';

/** Files that were opened, with a number that tells them from others. */
interface OpenedFiles {
  readonly number: number;
  readonly contents: readonly FileContents[];
  /** How they were analysed before a reload; null where they were not. */
  readonly declared: Declared | null;
}

interface Analysis {
  readonly opened: OpenedFiles | null;
  /** What is being done; null where nothing is. */
  readonly step: Step | null;
  readonly shown: ShownReport | null;
  /** What was done last. */
  readonly status: string;
  /** Whether the files are found again after a reload, in words. */
  readonly kept: string;
  readonly choose: (files: readonly NamedFile[]) => void;
  /** Goes on with files that were chosen before a reload. */
  readonly restore: (recording: KeptRecording) => void;
  readonly analyse: (declared: Declared) => void;
  readonly cancel: () => void;
}

/** Files of recordings and their analysis, one at a time: what is begun ends what is still being done. */
export function useAnalysis(lab: Lab, fail: (error: unknown) => void): Analysis {
  const [opened, setOpened] = useState<OpenedFiles | null>(null);
  const [step, setStep] = useState<Step | null>(null);
  const [shown, setShown] = useState<ShownReport | null>(null);
  const [status, setStatus] = useState('');
  const [kept, setKept] = useState('');
  const client = useRef<RecordingClient | null>(null);
  const begun = useRef(0);
  useEffect(
    () => () => {
      client.current?.cancel();
      client.current = null;
    },
    [],
  );
  const begin = (first: Step, work: () => Promise<string>): void => {
    const number = ++begun.current;
    const end = (text: string): void => {
      if (number !== begun.current) return;
      setStep(null);
      setStatus(text);
    };
    setStep(first);
    lab.closeMessage();
    work().then(end, (error: unknown) => {
      end(error instanceof CancelledError ? 'Cancelled.' : '');
      if (!(error instanceof CancelledError)) fail(error);
    });
  };
  const read = ({ files, declared }: KeptRecording, keep: () => Promise<string>): void => {
    client.current?.cancel();
    const own = new RecordingClient(files, setStep);
    client.current = own;
    setOpened(null);
    setShown(null);
    setKept('');
    begin({ text: 'Opening the files', done: 0, all: 1 }, async () => {
      const contents = await own.contents();
      setOpened({ number: begun.current, contents, declared });
      // Only what can be read; what was closed or replaced meanwhile is not kept.
      if (client.current === own)
        void keep().then((text) => {
          if (client.current === own) setKept(text);
        });
      return '';
    });
  };
  return {
    opened,
    step,
    shown,
    status,
    kept,
    choose(files) {
      read({ files, declared: null }, () => keepRecording(files));
    },
    restore(recording) {
      read(recording, () => Promise.resolve('This is the recording that you opened before, kept until you close it.'));
    },
    analyse(declared) {
      const own = client.current;
      if (!own) return;
      // The replicas would take the processor from the analysis.
      lab.pause();
      begin({ text: 'Reading', done: 0, all: 1 }, async () => {
        try {
          setShown(await own.analyse(declared));
          void keepDeclared(declared);
        } catch (error) {
          if (!(error instanceof CancelledError)) setShown(null);
          throw error;
        }
        return 'The analysis is done.';
      });
    },
    cancel() {
      client.current?.cancel();
    },
  };
}
