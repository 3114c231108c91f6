import { CancelledError, InvalidInputError } from '#core';
import type { FileContents } from '#recording';
import type { AnalysisOutput } from '#report';
import type { Declared, NamedFile, RecordingAnswer, RecordingRequest, ShownReport, Step } from './messages.js';

/**
 * The worker that reads and analyses some files, as the page sees it. Promises are rejected with InvalidInputError where that
 * cannot be done, and with CancelledError where it is cancelled or a newer question is asked.
 */
export class RecordingClient {
  #worker: Worker | null = null;
  #reject: ((error: Error) => void) | null = null;

  constructor(
    private readonly files: readonly NamedFile[],
    private readonly onStep: (step: Step) => void,
  ) {}

  /** What is in the files. */
  async contents(): Promise<readonly FileContents[]> {
    const answer = await this.#ask({ kind: 'contents', files: this.files });
    return (answer as Extract<RecordingAnswer, { kind: 'contents' }>).contents;
  }

  async analyse(declared: Declared): Promise<ShownReport> {
    const answer = await this.#ask({ kind: 'analyse', files: this.files, declared });
    return (answer as Extract<RecordingAnswer, { kind: 'report' }>).shown;
  }

  /** Ends what is being done, and the worker with it. */
  cancel(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#reject?.(new CancelledError());
    this.#reject = null;
  }

  #ask(request: RecordingRequest): Promise<RecordingAnswer> {
    // A busy worker hears nothing; another one begins anew.
    if (this.#reject) this.cancel();
    this.#worker ??= startWorker();
    const worker = this.#worker;
    const cancelled = new Promise<never>((_, reject) => (this.#reject = reject));
    return Promise.race([ask(worker, request, this.onStep), cancelled]).finally(() => {
      if (this.#worker === worker) this.#reject = null;
    });
  }
}

/** All files of an analysis as a ZIP archive, made by a worker of its own: another analysis may be running. */
export async function archiveOf(output: AnalysisOutput): Promise<Uint8Array<ArrayBuffer>> {
  const worker = startWorker();
  try {
    const answer = await ask(worker, { kind: 'archive', output }, () => undefined);
    return (answer as Extract<RecordingAnswer, { kind: 'archive' }>).zip;
  } finally {
    worker.terminate();
  }
}

const startWorker = (): Worker => new Worker(new URL('./analysis.worker.ts', import.meta.url), { type: 'module' });

const ask = (worker: Worker, request: RecordingRequest, onStep: (step: Step) => void): Promise<RecordingAnswer> =>
  new Promise((resolve, reject) => {
    worker.onmessage = ({ data: answer }: MessageEvent<RecordingAnswer>) => {
      if (answer.kind === 'step') onStep(answer);
      else if (answer.kind === 'invalid') reject(new InvalidInputError(answer.message));
      else resolve(answer);
    };
    worker.onerror = ({ message }: Partial<ErrorEvent>) => {
      reject(new Error(message ?? 'the analysis cannot be loaded'));
    };
    worker.postMessage(request);
  });
