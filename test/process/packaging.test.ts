// The package from its tarball: what is in it, that it installs without a word, and that each way in works.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../support/meander.js';
import { install, pack, type Installation } from '../support/package.js';

interface Manifest {
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
}

const manifestIn = (directory: string): Manifest =>
  JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Manifest;

const filesBelow = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .filter((file) => !file.startsWith('node_modules/'));

/** A small experiment, whose simulation takes a fraction of a second. */
const experiment = JSON.stringify({
  model: {
    hiddenUnits: 6,
    input: [{ kind: 'gaussian', covariance: [1.3, 1, 0.8] }],
    learningRate: 0.02,
    weightDecay: 0.1,
    labelNoiseVariance: 0.25,
  },
  simulation: { replicas: 6, seed: 3, burnIn: 200, lag: 20, duration: 600 },
});

/** Uses every export, as JavaScript; and every type, as TypeScript. */
const program = `
import { readExperiment, theoryReport, type RunReport } from 'meander-drift';
import { isotropicAutoencoder, predict, type Prediction } from 'meander-drift/theory';
import { meanEstimate } from 'meander-drift/measure';
import { withWebPool } from 'meander-drift/browser';
import { drawFigure, probesTable, type ProbesTable } from 'meander-drift/figures';
import { figureDocument, svgToPng } from 'meander-drift/figures/node';
import { defineRule } from 'meander-drift/rule';
import { runInto, type RunTable } from 'meander-drift/runs';
import { analyse, readRecordings, type AnalysisReport } from 'meander-drift/recordings';
import schema from 'meander-drift/schema.json' with { type: 'json' };
import manifest from 'meander-drift/package.json' with { type: 'json' };

const experiment = await readExperiment(process.argv[2]);
export const pointsOf = ({ points }: RunReport): number => points.length;
export const relaxationTimeOf = (prediction: Prediction): number => prediction.relaxationTime;
export const rateOf = ({ population }: AnalysisReport): number | null => population.diffusion.value;
export const rowsOf = ({ rows }: RunTable): ProbesTable => probesTable(rows);
console.log(
  JSON.stringify({
    points: theoryReport(experiment).points.length,
    functions: [predict, isotropicAutoencoder, withWebPool, drawFigure, figureDocument, svgToPng, runInto, analyse, readRecordings, defineRule].map((value) => typeof value),
    mean: meanEstimate([1, 2, 3]).value,
    schema: Object.keys(schema.properties).includes('model'),
    version: manifest.version,
  }),
);
`;

const unreachable = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED/;

describe('the tarball of npm pack', () => {
  let directory = '';
  let installed: Installation;
  let skipReason: string | null = null;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'meander-'));
    installed = await install(await pack(directory), directory);
    const { code, stderr } = installed.npm;
    if (code !== 0 && unreachable.test(stderr)) skipReason = `the registry cannot be reached: ${stderr}`;
  });
  afterAll(() => rm(directory, { recursive: true }));

  it('installs globally without compiler and development dependencies, and without a warning', (context) => {
    if (skipReason !== null) context.skip(skipReason);
    const { code, stdout, stderr } = installed.npm;
    expect(code, stderr).toBe(0);
    expect(stdout + stderr).not.toMatch(/warn|deprecated|EBADENGINE/i);
  });

  it('contains what it needs and nothing else', (context) => {
    if (skipReason !== null) context.skip(skipReason);
    const files = filesBelow(installed.package);
    const unwanted = /tsbuildinfo|\.test\.|^src\/(?!kernel\/native\/)|^test\/|^docs\/(?![\w-]+\.md$|figures\/)|\.tsx?$/;
    expect(files.filter((file) => unwanted.test(file) && !file.endsWith('.d.ts'))).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'CITATION.cff',
        // Error messages, --help and README.md name pages: `test/docs/packed.test.ts`.
        'docs/scope.md',
        'dist/kernel/meander.wasm',
        'dist/web/index.html',
      ]),
    );
    // A script of these names would run, or be warned about, wherever the package is installed.
    const scripts = Object.keys(manifestIn(installed.package).scripts);
    expect(scripts.filter((name) => /^((pre|post)?install|prepare|prepublish)$/.test(name))).toEqual([]);
  });

  it('contains the licence of each package whose code or fonts are in the lab', (context) => {
    if (skipReason !== null) context.skip(skipReason);
    const notices = readFileSync(join(installed.package, 'dist/web/third-party-notices.txt'), 'utf8');
    const named = Array.from(notices.matchAll(/^(\S+) \S+ \([^)]+\)\n=+$/gm), ([, name]) => name);
    expect(named).toEqual(
      expect.arrayContaining([
        'assemblyscript',
        'fflate',
        'is-any-array',
        'katex',
        'ml-array-max',
        'ml-array-min',
        'ml-array-rescale',
        'ml-matrix',
        'papaparse',
        'preact',
        // What the bundler adds of its own.
        'rolldown',
        'vite',
        'yaml',
        'zod',
      ]),
    );
    const texts = notices.split(/^\S+ \S+ \([^)]+\)\n=+$/m).slice(1);
    expect(texts).toHaveLength(named.length);
    // Whose licence names no holder.
    const anonymous = new Map([
      ...['hyparquet', 'hyparquet-compressors', 'hyparquet-writer', 'hysnappy'].map(
        (name) => [name, /The MIT License/] as const,
      ),
      ['@resvg/resvg-wasm', /Mozilla Public License Version 2\.0[^]*The source is at https:/],
    ]);
    named.forEach((name, k) => {
      expect(texts[k], name).toMatch(anonymous.get(name) ?? /Copyright/);
      expect(texts[k].length, name).toBeGreaterThan(500);
    });
  });

  it('contains the licence of every font and data file of the lab', (context) => {
    if (skipReason !== null) context.skip(skipReason);
    const lab = join(installed.package, 'dist/web');
    const notices = readFileSync(join(lab, 'third-party-notices.txt'), 'utf8');
    const files = filesBelow(lab).map((file) => file.split('/').at(-1) ?? '');
    const fonts = files.filter((file) => /\.(woff2?|ttf|otf)$/.test(file));
    expect(fonts.length).toBeGreaterThan(0);
    expect(fonts.filter((file) => !/^(KaTeX_|DejaVuSans)/.test(file))).toEqual([]);
    expect(notices).toContain('Reserved Font Names KaTeX_*');
    expect(notices).toContain('Copyright (c) 2003 by Bitstream, Inc.');
    expect(notices).toMatch(
      /SIL OPEN FONT LICENSE\s+Version 1\.1 - 26 February 2007\n[^]*THE FONT SOFTWARE IS PROVIDED "AS IS"/,
    );
    const data = files.flatMap(
      (file) => /^([a-z-]+?)(?:-[\w-]{8})?(\.(?:npy|csv|json))$/.exec(file)?.slice(1, 3).join('') ?? [],
    );
    const own = new Set(['claims-map.csv', 'experiment.schema.json']);
    expect(data.filter((file) => !own.has(file))).not.toEqual([]);
    expect(data.filter((file) => !own.has(file) && !notices.includes(file))).toEqual([]);
    for (const source of ['MNIST', 'Juan Cazala', 'Fisher', 'mljs']) expect(notices).toContain(source);
  });

  it('brings a command that predicts and simulates', async (context) => {
    if (skipReason !== null) context.skip(skipReason);
    const version = await installed.meander(['--version'], directory);
    expect(version).toEqual({ code: 0, stdout: `${manifestIn(root).version}\n`, stderr: '' });
    const example = join(installed.package, 'examples/gaussian.yaml');
    const theory = await installed.meander(['theory', example, '--json'], directory);
    expect(theory.code, theory.stderr).toBe(0);
    expect(JSON.parse(theory.stdout)).toHaveProperty('points.0.probes.0.diffusion');
    await writeFile(join(directory, 'small.json'), experiment);
    const run = await installed.meander(['run', 'small.json', '--json'], directory);
    expect(run.code, run.stderr).toBe(0);
    expect(JSON.parse(run.stdout)).toHaveProperty('points.0.probes.0.simulation.diffusion.value');
  });

  it('is imported by the name of each of its exports, with types', async (context) => {
    if (skipReason !== null) context.skip(skipReason);
    const { exports, version } = manifestIn(installed.package);
    for (const [name, target] of Object.entries(exports)) {
      expect(program).toContain(`'${name.replace('.', 'meander-drift')}'`);
      for (const file of typeof target === 'string' ? [target] : Object.values(target)) {
        expect(existsSync(join(installed.package, file)), `${name}: ${file}`).toBe(true);
      }
    }
    const consumer = join(directory, 'consumer');
    await mkdir(join(consumer, 'node_modules'), { recursive: true });
    await symlink(installed.package, join(consumer, 'node_modules/meander-drift'), 'dir');
    const options = { module: 'nodenext', target: 'es2022', strict: true, resolveJsonModule: true, types: ['node'] };
    const compilerOptions = { ...options, typeRoots: [join(root, 'node_modules/@types')] };
    await writeFile(join(consumer, 'package.json'), '{ "type": "module" }');
    await writeFile(join(consumer, 'program.ts'), program);
    await writeFile(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }));
    const types = await installed.node([join(root, 'node_modules/typescript/bin/tsc')], consumer);
    expect(types.code, types.stdout).toBe(0);
    const { code, stdout, stderr } = await installed.node(['program.js', experiment], consumer);
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      points: 1,
      functions: Array.from({ length: 10 }, () => 'function'),
      mean: 2,
      schema: true,
      version,
    });
  });
});
