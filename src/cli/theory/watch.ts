import { formatNumber } from '#core';
import { predictionSecondsOf, type Experiment, type TheoryOptions } from '#experiment';
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
export function watchTheory({ name, points }: Experiment, io: Io): Pick<TheoryOptions, 'progress' | 'first'> {
  const seconds = points.map(predictionSecondsOf);
  const all = seconds.reduce((sum, own) => sum + own, 0);
  if (all < LONG_SECONDS) return {};
  note(io, `${name}: the theory takes about ${duration(all)}; Ctrl-C ends it`);
  const began = performance.now();
  let last = began;
  return {
    progress: (point, share) => {
      const now = performance.now();
      const before = seconds.slice(0, point).reduce((sum, own) => sum + own, 0);
      const done = (before + share * seconds[point]) / all;
      if (now - last < INTERVAL_MS || !(done > 0 && done < 1)) return;
      last = now;
      const left = ((now - began) / 1000) * (1 / done - 1);
      note(io, `${formatNumber(100 * done, 2)}% done, about ${duration(left)} left`);
    },
    first: (report, { stimuli, fluctuation, diffusion }) => {
      const percent = (error: number): string => `${formatNumber(100 * error, 2)}%`;
      note(
        io,
        `first answer, F from ${stimuli} stimuli and D by few samples: standard errors up to ${percent(fluctuation)} ` +
          `and ${percent(diffusion)}`,
      );
      io.stderr.write(theoryTable(report, false, lineWidth(io.stderr)));
    },
  };
}
