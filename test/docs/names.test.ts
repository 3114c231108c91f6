// The code speaks the language of the field and of the platform: one name for each thing, files that fit on a page.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../support/meander.js';

/** Names that were replaced, with what stands for each. */
const replaced: Readonly<Record<string, string>> = {
  Crew: 'ProcessPool',
  Member: 'WorkerProcess',
  Books: 'TaskQueue',
  '#employ': '#runSlot',
  '#bury': '#handleCrash',
  PATIENCE: 'KILL_TIMEOUT_MS, SUPERSEDE_AFTER_MS',
  'MOST_\\w+': 'MAX_…',
  'FEWEST_\\w+': 'MIN_…',
  'LEAST_\\w+': 'MIN_…',
  Sight: 'SimulationSnapshot',
  Beginning: 'Checkpoint',
  beginnings: 'presetDefaults',
  firstLook: 'defaultViewState',
  unhindered: 'unthrottled',
  theoryAlong: 'theoryCurve',
  FrozenPoint: 'PointSnapshot',
  Cutting: 'TaskTemplate',
  endlessTask: 'liveTask',
  Sliced: 'CooperativeTask',
  Keeper: 'Checkpointer',
  relocate: 'remapToSweep',
  Instruments: 'MeasurementContext',
  takeApart: 'serialize',
  putTogether: 'deserialize',
  setDamagedAside: 'quarantineDamaged',
  whyDeaf: 'listenErrorText',
  Refusal: 'HttpError',
  'refuse[A-Z]\\w*': 'assert…',
  meanSquareTurn: 'diffusionOf',
  hardest: 'closestToFailing',
  LiveSession: 'LiveSimulation',
  '#complain': '#showError',
  '#makeRoom': '#preempt',
  '#later': '#schedulePrediction',
  '#address': '#syncUrl',
  '#anew': '#forceRestart',
  '#brought': '#loadId',
  '#hired': '#spawnWorker',
  Look: 'ViewState',
  Balance: 'ThrottleState',
  courtesy: 'throttle',
  Shown: 'RunView',
  adopt: 'setParameters',
  blame: 'attributeError',
  locating: 'withLocation',
  offer: 'candidate',
  heir: 'takeoverFile',
  isLeft: 'isStale',
  silence: 'idleMs',
  Trail: 'Trajectory',
  mends: 'retries',
  mend: 'retry',
  rooms: 'layers',
  everyRoom: 'layers',
  roomy: 'layout',
  refusalOf: 'errorResponse',
  removeBeginnings: 'removeIncompleteRuns',
  Recorder: 'Accumulator',
  recorders: 'accumulators',
  recorder: 'accumulator',
  'mode-blocks': 'hessian-blocks',
  'block-noise': 'gradient-noise',
  'product-moments': 'fourth-moments',
};

/** The changelog and this list name what was replaced. */
const exempt = ['CHANGELOG.md', 'test/docs/names.test.ts'];

const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.(tsx?|[cm]?js|c|py|css|html|md)$/.test(file) && !exempt.includes(file))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

const sources = files.filter(({ file }) => file.startsWith('src/') && !file.includes('.test.'));
const linesOf = ({ text }: { readonly text: string }): number => text.split('\n').length - 1;

describe('names', () => {
  it.each(['.dependency-cruiser.cjs', 'bench/peers/kernel.c', 'bench/peers/numba_kernel.py', 'ARCHITECTURE.md'])(
    'are looked for in %s',
    (name) => {
      expect(files.map(({ file }) => file)).toContain(name);
    },
  );

  it.each(Object.entries(replaced))('%s occurs nowhere (%s)', (name) => {
    const pattern = new RegExp(`(?<![\\w$#])${name}(?![\\w$])`);
    expect(files.filter(({ text }) => pattern.test(text)).map(({ file }) => file)).toEqual([]);
  });
});

describe('source files', () => {
  it('are more than 400, so that the following tests see them', () => {
    expect(sources.length).toBeGreaterThan(400);
  });

  it('have at most 100 lines in the median, and none more than 350', () => {
    const lengths = sources.map(linesOf).sort((a, b) => a - b);
    expect(lengths[lengths.length >> 1]).toBeLessThanOrEqual(100);
    expect(sources.filter((source) => linesOf(source) > 350).map(({ file }) => file)).toEqual([]);
  });

  it('are at most 16 side by side in a folder, 8 at the root of theory', () => {
    const folders = new Map<string, number>();
    for (const { file } of sources) {
      const folder = file.replace(/\/[^/]*$/, '');
      folders.set(folder, (folders.get(folder) ?? 0) + 1);
    }
    expect([...folders].filter(([, count]) => count > 16)).toEqual([]);
    const theory = readdirSync(join(root, 'src/theory')).filter((name) => name.endsWith('.ts'));
    expect(theory.length).toBeLessThanOrEqual(8);
  });
});
