// The outputs that are frozen: every number and text that they hold, by the path of its key.
import { readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { experimentText } from '../../src/web/lab/experiment-file.js';
import { presetExperiment } from '../../src/web/lab/preset-experiment.js';
import { presetDefaults, targets, type Preset, type Target } from '../../src/web/lab/presets.js';
import { temporaryFile } from '../support/directory.js';
import { meander, meanderJson, root } from '../support/meander.js';
import { experimentOf, referenceCases } from '../support/reference-cases.js';

/**
 * Digests of all numbers under one path of keys, in their order, and of all texts under it, for each path of an output.
 */
export type Digests = Readonly<Record<string, string>>;

/** Texts that depend on the version of Meander and its commit, not on what it computes. */
const volatileTexts: readonly RegExp[] = [/^(version|commit) \(text\)$/];

/** The end of a caption that names the version of Meander and its commit. */
const ORIGIN = /; Meander \d[^;]*$/;

/** Names that have changed since the numbers were frozen: what a path is called now, and what it was called then. */
const renamed: readonly (readonly [now: RegExp, then: string])[] = [
  [/^\[\]\.(\w+)SimulationStandardError$/, '[].$1StandardError'],
];

const frozenName = (path: string): string => renamed.reduce((name, [now, then]) => name.replace(now, then), path);

/** Too many points to simulate within a test, or too long a simulation. */
const theoryOnly = ['claims-map.yaml', 'claims-map-spots.yaml', 'momentum.yaml'];
/** Networks that are only measured, which takes too long within a test. */
const measuredOnly = ['dropout.yaml', 'epochs.yaml', 'relu.yaml'];

const examples = readdirSync(join(root, 'examples'))
  .filter((name) => name.endsWith('.yaml') && !measuredOnly.includes(name))
  .sort();
const outputs: Readonly<Record<string, (directory: string) => Promise<unknown>>> = {
  'theory of the reference cases': () =>
    inTurn(referenceCases, (reference) =>
      meanderJson(['theory', temporaryFile('case.json', experimentOf(reference, 0.01))]),
    ),
  'theory to the next order': () => meanderJson(['theory', 'examples/gaussian.yaml', '--order', 'next']),
  ...Object.fromEntries(
    examples.map((name) => [`theory ${name}`, () => meanderJson(['theory', `examples/${name}`, '--times', '1e5,1e7'])]),
  ),
  ...Object.fromEntries(
    examples
      .filter((name) => !theoryOnly.includes(name))
      .map((name) => [`run ${name}`, () => meanderJson(['run', `examples/${name}`, '--quick'])]),
  ),
  'reproduce three claims': async (directory) => {
    const out = join(directory, 'reproduction');
    await succeed(['reproduce', '--quick', '--claims', '3b,4,6', '--out', out]);
    return JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as unknown;
  },
  'table of a sweep': async (directory) => {
    const out = join(directory, 'sweep');
    await succeed(['sweep', 'examples/gaussian.yaml', '--quick', '--out', out]);
    const bytes = readFileSync(join(out, 'results.parquet'));
    return await parquetReadObjects({ file: Uint8Array.from(bytes).buffer });
  },
};

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

async function succeed(args: readonly string[]): Promise<void> {
  const { code, stderr } = await meander(args);
  if (code !== 0) throw new Error(`meander ${args.join(' ')} ended with ${String(code)}: ${stderr}`);
}

/** Runs every output whose name contains `part` and digests its values. */
export async function digestsOfOutputs(part = ''): Promise<Record<string, Digests>> {
  const directory = await mkdtemp(join(tmpdir(), 'meander-frozen-'));
  try {
    const digests: Record<string, Digests> = {};
    for (const [name, make] of Object.entries(outputs)) {
      if (name.includes(part)) digests[name] = digestsOf(await make(directory));
    }
    if ('files of the page'.includes(part)) digests['files of the page'] = digestsOfPage();
    return digests;
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** The experiment files that the page copies, byte for byte. */
function digestsOfPage(): Digests {
  const texts = Object.entries(presetDefaults).flatMap(([preset, parameters]) =>
    Object.keys(targets).map((target) => [
      `${preset} ${target}`,
      experimentText(presetExperiment({ ...parameters, preset: preset as Preset, target: target as Target }), {
        burnIn: 100,
        lag: 30,
        duration: 3000,
      }),
    ]),
  );
  return Object.fromEntries(texts.map(([name, text]) => [name, sha256(text)]));
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/**
 * Numbers, and where one may be missing, as JSON writes them: equal digests mean equal bits. Texts have a digest of their
 * own, so that a path with both keeps the digest of its numbers when a text is reworded.
 */
function digestsOf(output: unknown): Digests {
  const values = new Map<string, string[]>();
  collect(output, '', values);
  return Object.fromEntries(
    [...values]
      .filter(([path]) => !volatileTexts.some((pattern) => pattern.test(path)))
      .map(([path, texts]) => [frozenName(path), sha256(texts.join('\n'))] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function collect(value: unknown, path: string, into: Map<string, string[]>): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, `${path}[]`, into);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) collect(inner, path === '' ? key : `${path}.${key}`, into);
  } else if (value !== undefined) {
    const key = typeof value === 'string' ? `${path} (text)` : path;
    const known = into.get(key);
    const text = typeof value === 'bigint' ? String(value) : JSON.stringify(value).replace(ORIGIN, '');
    if (known) known.push(text);
    else into.set(key, [text]);
  }
}
