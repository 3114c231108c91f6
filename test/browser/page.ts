// The page of the browser test, a user of the published entry: an experiment file in, the report out, by web workers.
import {
  ExperimentDocument,
  InvalidInputError,
  loadKernel,
  prepare,
  readExperiment,
  runExperiment,
  stepsOf,
  withWebPool,
  type Progress,
} from 'meander-drift/browser';
import type { RunAnswer, RunInPage } from './messages.js';

const run: RunInPage = async ({ name, text, workers, stopAfter, preloaded }) => {
  const document = new ExperimentDocument(name, text);
  const experiment = await readExperiment(text, { name });
  const prepared = prepare(experiment);
  const reported: number[] = [];
  const stopping = new AbortController();
  let stoppedAt: number | null = null;
  const stop = (): void => {
    stoppedAt = performance.now();
    stopping.abort();
  };
  const progress: Progress = {
    start: () => undefined,
    update(steps) {
      reported.push(steps);
      if (reported.length === 1 && stopAfter !== undefined) setTimeout(stop, stopAfter);
    },
    stop: () => undefined,
  };
  const answer = (end: Pick<RunAnswer, 'report' | 'error'>): RunAnswer => ({
    ...end,
    total: prepared.reduce((sum, point) => sum + stepsOf(point), 0),
    progress: reported,
    latency: stoppedAt === null ? null : performance.now() - stoppedAt,
    sharedMemory: crossOriginIsolated,
  });
  try {
    const kernel = preloaded ? await loadKernel() : undefined;
    const { report } = await withWebPool({ workers, progress, signal: stopping.signal, kernel }, (runTasks) =>
      runExperiment(experiment.name, prepared, runTasks),
    );
    return answer({ report: JSON.stringify(report), error: null });
  } catch (error) {
    const { message } = error instanceof InvalidInputError ? document.locate(error) : (error as Error);
    return answer({ report: null, error: message });
  }
};

Object.assign(window, { meander: run });
