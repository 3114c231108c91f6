import type { Progress } from '#core';
import { SingleBar } from 'cli-progress';
import type { Io } from './io.js';
import { printable } from './printable.js';

/**
 * A progress bar on standard error, plain lines where that is no terminal: steps per second and time left. `isOfSteps` is false
 * for work that is not counted in steps of learning.
 */
export function consoleProgress({ stderr }: Io, { isOfSteps = true } = {}): Progress {
  let began = 0;
  const rate = (done: number): string => {
    const seconds = (performance.now() - began) / 1000;
    return seconds > 0 ? `${((done - before) / seconds / 1e6).toFixed(2)} M steps/s` : '';
  };
  const bar = new SingleBar({
    stream: stderr,
    noTTYOutput: true,
    notTTYSchedule: 5000,
    clearOnComplete: true,
    hideCursor: true,
    format: `{label} {bar} {percentage}% | {note}${isOfSteps ? '{rate} | ' : ''}{left}`,
  });
  let total = 0;
  /** Steps that were done before this process began: they say nothing about its speed. */
  let before = 0;
  const left = (done: number): string => {
    const own = done - before;
    if (own === 0) return '';
    const seconds = Math.round((((performance.now() - began) / 1000) * (total - done)) / own);
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
    if (hours > 99) return `${Math.round(hours / 24)} days left`;
    const clock = [...(hours > 0 ? [hours] : []), minutes, seconds % 60];
    return `${clock.map((part) => String(part).padStart(2, '0')).join(':')} left`;
  };
  return {
    start(label, totalSteps, doneSteps = 0) {
      began = performance.now();
      total = totalSteps;
      before = doneSteps;
      bar.start(totalSteps, doneSteps, { label: printable(label), rate: '', left: '', note: '' });
    },
    update(done, note = '') {
      const now = Math.min(done, total);
      bar.update(now, { rate: rate(now), left: left(now), note: note === '' ? '' : `${printable(note)} | ` });
    },
    stop() {
      bar.stop();
    },
  };
}
