import type { Io } from './io.js';

/**
 * Runs work with a signal that the first Ctrl-C (or SIGTERM) aborts. The listeners are then gone, so that a second Ctrl-C ends
 * the process.
 */
export async function onInterruption<T>({ signals }: Io, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interrupt = new AbortController();
  const stopListening = (): void => {
    signals.off('SIGINT', abort);
    signals.off('SIGTERM', abort);
  };
  const abort = (): void => {
    stopListening();
    interrupt.abort();
  };
  signals.on('SIGINT', abort);
  signals.on('SIGTERM', abort);
  try {
    return await work(interrupt.signal);
  } finally {
    stopListening();
  }
}
