import { analyse } from '#analyse';
import { InvalidInputError } from '#core';
import { parentPort } from 'node:worker_threads';
import type { ThreadMessage, ThreadTask } from './in-thread.js';

const post = (message: ThreadMessage): void => {
  parentPort?.postMessage(message);
};

parentPort?.once('message', ({ recordings, options }: ThreadTask) => {
  try {
    const report = analyse(recordings, options, (animal, step) => {
      post({ kind: 'step', animal, step });
    });
    post({ kind: 'report', report });
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    post({ kind: 'invalid', message: error.message });
  }
});
