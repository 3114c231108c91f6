import type { Progress } from '#core';
import { SingleBar } from 'cli-progress';

/** A bar on a terminal, plain lines elsewhere, on standard error: steps per second and time left. */
export function consoleProgress(): Progress {
  let began = 0;
  const rate = (done: number): string => {
    const seconds = (performance.now() - began) / 1000;
    return seconds > 0 ? `${(done / seconds / 1e6).toFixed(2)} M steps/s` : '';
  };
  const bar = new SingleBar({
    stream: process.stderr,
    noTTYOutput: true,
    notTTYSchedule: 5000,
    clearOnComplete: true,
    hideCursor: true,
    etaBuffer: 50,
    format: '{label} {bar} {percentage}% | {rate} | {eta_formatted} left',
  });
  let total = 0;
  return {
    start(label, totalSteps) {
      began = performance.now();
      total = totalSteps;
      bar.start(totalSteps, 0, { label, rate: '' });
    },
    update(done) {
      bar.update(Math.min(done, total), { rate: rate(done) });
    },
    stop() {
      bar.stop();
    },
  };
}
