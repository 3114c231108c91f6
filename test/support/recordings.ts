// Recordings of a random walk, for tests of what is done with one.
import { npyBytes } from '#core';
import { generator, NormalSource } from '#random';

/** Session, trial, stimulus, neuron; the smallest of which everything can be estimated. */
const walkShape = [6, 6, 4, 40] as const;

/** Times of its sessions, days in unequal gaps. */
export const walkTimes = '0,1,3,4,7,9';

/** Codes of length 1 per neuron that diffuse, fluctuate from session to session, and are seen with trial noise, as NPY. */
export function walkFile(seed: number): Uint8Array {
  const [sessions, trials, stimuli, neurons] = walkShape;
  const source = new NormalSource(generator(seed, 0, 'normal'), generator(seed, 0, 'retry'));
  const normals = (scale: number): Float64Array =>
    Float64Array.from({ length: stimuli * neurons }, () => scale * source.next());
  const sum = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, k) => value + b[k]);
  const times = walkTimes.split(',').map(Number);
  let code = normals(1);
  const values: number[] = [];
  for (let session = 0; session < sessions; session++) {
    if (session > 0) code = sum(code, normals(0.2 * Math.sqrt(times[session] - times[session - 1])));
    const seen = sum(code, normals(0.3));
    for (let trial = 0; trial < trials; trial++) values.push(...sum(seen, normals(0.5)));
  }
  return npyBytes('<f8', walkShape, Float64Array.from(values));
}
