import { setTimeout as delay } from 'node:timers/promises';

/** Resolves once a condition holds; the timeout of the test is the only bound, because machines may be busy. */
export async function until(condition: () => boolean | Promise<boolean>, milliseconds = 20): Promise<void> {
  while (!(await condition())) await delay(milliseconds);
}
