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
  readonly suite: Suite;
}

export const suites: readonly Part[] = [
  { name: 'experiments', what: 'mutated experiment files', count: 2000, suite: experiments },
  { name: 'data', what: 'mutated data files', count: 300, suite: data },
  { name: 'server', what: 'requests to the server', count: 300, suite: server },
  { name: 'damage', what: 'damaged run directories', count: 100, suite: damagedRuns },
  { name: 'kills', what: 'sweeps and resumptions hit by a kill', count: 40, suite: kills },
];
