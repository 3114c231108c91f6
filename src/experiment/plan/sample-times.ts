import { exp, log } from '#random';

/** Time courses are taken at this many samples, evenly spaced on a logarithmic axis. */
const COURSES = 24;

/** Samples, of `samples` in all, at which the time courses are taken: ascending, the first and the last among them. */
export function courseSamples(samples: number): Int32Array {
  const last = samples - 1;
  const chosen = new Set<number>([0]);
  for (let k = 0; k < COURSES; k++) chosen.add(Math.round(exp((log(last) * k) / (COURSES - 1))));
  return Int32Array.from([...chosen].filter((sample) => sample <= last)).sort();
}

/** `count` samples spread evenly from the first to the last; all samples where there are fewer. */
export function trajectorySamples(count: number, samples: number): Int32Array {
  const kept = Math.min(count, samples);
  return Int32Array.from({ length: kept }, (_, k) => Math.floor((k * (samples - 1)) / Math.max(1, kept - 1)));
}
