// The parts of the fuzz program, and how many cases each runs.
import { data } from './data/suite.js';
import { experiments } from './experiments/suite.js';
import type { Suite } from './suite.js';

interface Part {
  readonly name: string;
  readonly what: string;
  readonly count: number;
  readonly suite: Suite;
}

export const suites: readonly Part[] = [
  { name: 'experiments', what: 'mutated experiment files', count: 2000, suite: experiments },
  { name: 'data', what: 'mutated data files', count: 300, suite: data },
];
