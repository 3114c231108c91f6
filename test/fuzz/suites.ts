// The parts of the fuzz program, and how many cases each runs.
import { data } from './data/suite.js';
import { damagedRuns } from './damage/suite.js';
import { experiments } from './experiments/suite.js';
import { kills } from './kills.js';
import { server } from './server.js';
import type { Suite } from './suite.js';

interface Part {
  readonly name: string;
  readonly what: string;
  readonly count: number;
  /** Cases of the short form, which the tests run. */
  readonly short: number;
  readonly suite: Suite;
}

export const suites: readonly Part[] = [
  { name: 'experiments', what: 'mutated experiment files', count: 2000, short: 200, suite: experiments },
  { name: 'data', what: 'mutated data files', count: 300, short: 60, suite: data },
  { name: 'server', what: 'requests to the server', count: 300, short: 60, suite: server },
  { name: 'damage', what: 'damaged run directories', count: 100, short: 8, suite: damagedRuns },
  { name: 'kills', what: 'sweeps and resumptions hit by a kill', count: 45, short: 2, suite: kills },
];
