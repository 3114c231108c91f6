import { InvalidInputError } from '#core';
import { remapToSweep, type Point } from './resolve.js';

/** Does some work for a point; an error about a swept value gets the position of that value in the sweep. */
export function withLocation<T>({ assignments }: Point, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof InvalidInputError ? remapToSweep(error, assignments) : error;
  }
}

/** The same for work that takes time. */
export async function withLocationAsync<T>({ assignments }: Point, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof InvalidInputError ? remapToSweep(error, assignments) : error;
  }
}
