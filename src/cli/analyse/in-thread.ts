import { STEPS_OF_RECORDING, type AnalysisOptions, type AnalysisReport } from '#analyse';
import { CancelledError, InvalidInputError, type Progress } from '#core';
import type { Recording } from '#recording';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** What the thread says: progress, the report, or what is wrong with the input. */
export type ThreadMessage =
  | { readonly kind: 'step'; readonly animal: string; readonly step: string }
  | { readonly kind: 'report'; readonly report: AnalysisReport }
  | { readonly kind: 'invalid'; readonly message: string };

/** What the thread is asked. */
export interface ThreadTask {
  readonly recordings: readonly Recording[];
  readonly options: AnalysisOptions;
}

// Threads run compiled code: Node 20 loads no TypeScript in workers. The path is the same seen from src/ and from dist/.
const workerFile = fileURLToPath(new URL('../../../dist/cli/analyse/analyse.worker.js', import.meta.url));

/**
 * Analyses recordings in a thread of its own, so that an interruption is heard. Their values are moved to it, and are gone
 * afterwards. Throws CancelledError once `signal` is aborted, and InvalidInputError for recordings that cannot be analysed.
 */
export async function analyseInThread(
  recordings: readonly Recording[],
  options: AnalysisOptions,
  { progress, signal }: { readonly progress: Progress; readonly signal: AbortSignal },
): Promise<AnalysisReport> {
  const movable = recordings.map((recording) => ({ ...recording, values: ownValues(recording.values) }));
  const worker = new Worker(workerFile, { execArgv: [] });
  const abort = (): void => void worker.terminate();
  let steps = 0;
  progress.start('analysing', STEPS_OF_RECORDING * recordings.length);
  try {
    return await new Promise<AnalysisReport>((resolve, reject) => {
      worker.on('message', (message: ThreadMessage) => {
        if (message.kind === 'step') progress.update(steps++, `${message.animal}: ${message.step}`);
        else if (message.kind === 'report') resolve(message.report);
        else reject(new InvalidInputError(message.message));
      });
      worker.on('error', reject);
      worker.on('exit', () => {
        reject(signal.aborted ? new CancelledError() : new Error('the thread of the analysis ended without a report'));
      });
      signal.addEventListener('abort', abort);
      if (signal.aborted) abort();
      const task: ThreadTask = { recordings: movable, options };
      worker.postMessage(
        task,
        movable.map(({ values }) => values.buffer),
      );
    });
  } finally {
    signal.removeEventListener('abort', abort);
    await worker.terminate();
    progress.stop();
  }
}

/** Values in a buffer of their own: only such a buffer can be moved. */
function ownValues(values: Recording['values']): (Float64Array | Float32Array) & { readonly buffer: ArrayBuffer } {
  const isOwn = values.byteLength === values.buffer.byteLength && values.buffer instanceof ArrayBuffer;
  return (isOwn ? values : values.slice()) as (Float64Array | Float32Array) & { readonly buffer: ArrayBuffer };
}
