import { formatNumber, formatSteps } from '#core';
import {
  planningSecondsOf,
  predictionSecondsOf,
  type Experiment,
  type PreparationWatch,
  type TheoryOptions,
} from '#experiment';
import type { FirstErrors } from '#theory';
import { duration } from '../cost/note.js';
import { lineWidth, note, type Io } from '../io.js';
import { theoryTable } from '../tables/theory.js';

/** Predictions of less are not announced. */
const LONG_SECONDS = 5;
/** Milliseconds between two notes of the time that is left. */
const INTERVAL_MS = 5000;

/**
 * Says on standard error how long a prediction takes, before it begins; then a first answer by samples, where there is one, and the time
 * that is left. Predictions are computed in one go: Ctrl-C ends the process.
 */
export function watchTheory(
  { name, points }: Pick<Experiment, 'name' | 'points'>,
  io: Io,
): Pick<TheoryOptions, 'progress' | 'first'> {
  const progress = predictionProgress(name, points.map(predictionSecondsOf), io);
  if (!progress) return {};
  return {
    progress,
    first: (report, errors) => {
      note(io, `first answer, ${errors ? bySamples(errors) : 'before the limit of stability is known'}`);
      io.stderr.write(theoryTable(report, false, lineWidth(io.stderr)));
    },
  };
}

function bySamples({ stimuli, fluctuation, diffusion }: FirstErrors): string {
  const percent = (error: number): string => `${formatNumber(100 * error, 2)}%`;
  return (
    `F from ${stimuli} stimuli and D by few samples: standard errors up to ${percent(fluctuation)} ` +
    `and ${percent(diffusion)}`
  );
}

/** The same before a simulation, whose times follow from predictions or pilot runs; of these, the replica-steps made so far. */
export function watchPreparation({ name, points }: Pick<Experiment, 'name' | 'points'>, io: Io): PreparationWatch {
  const predicted = predictionProgress(name, points.map(planningSecondsOf), io);
  const isDue = every(INTERVAL_MS);
  return {
    ...(predicted && { predicted }),
    pilotAdvanced: (point, replicaSteps) => {
      if (!isDue()) return;
      const which = points.length > 1 ? ` of point ${point}` : '';
      note(io, `pilot run${which}: ${formatSteps(replicaSteps)} replica-steps so far`);
    },
  };
}

/** Announces predictions that take so many seconds at each point, and tells their progress; null where they are short. */
function predictionProgress(
  name: string,
  seconds: readonly number[],
  io: Io,
): ((point: number, share: number) => void) | null {
  const all = seconds.reduce((sum, own) => sum + own, 0);
  if (all < LONG_SECONDS) return null;
  note(io, `${name}: the theory takes about ${duration(all)}; Ctrl-C ends it`);
  const began = performance.now();
  const isDue = every(INTERVAL_MS);
  return (point, share) => {
    const before = seconds.slice(0, point).reduce((sum, own) => sum + own, 0);
    const done = (before + share * seconds[point]) / all;
    if (!(done > 0 && done < 1) || !isDue()) return;
    const left = ((performance.now() - began) / 1000) * (1 / done - 1);
    note(io, `${formatNumber(100 * done, 2)}% done, about ${duration(left)} left`);
  };
}

/** Whether the interval is over since it last was, or since the beginning. */
function every(interval: number): () => boolean {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const isOver = now - last >= interval;
    if (isOver) last = now;
    return isOver;
  };
}
