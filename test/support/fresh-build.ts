// Global setup of every project: no test ever runs an old build.
import type { TestProject } from 'vitest/node';
import { assertFresh, type Part } from './built-sources.js';

/** What of dist/ the tests of a project use; the tests beside the code use the kernel alone. */
const needed: Readonly<Partial<Record<string, readonly Part[]>>> = {
  unit: ['kernel'],
  alone: ['kernel'],
  browser: ['kernel', 'node', 'web'],
};

export default function setup({ name }: TestProject): void {
  assertFresh(needed[name] ?? ['kernel', 'node']);
}
