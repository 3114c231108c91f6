import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalysisReport } from '#analyse';
import { analysisTables } from '#report';
import { csvRows, readParquet } from '#store';
import { main } from '../../src/cli/program.js';
import { inDirectory } from '../support/directory.js';
import { collectingIo, meander, meanderJson, meanderOutput } from '../support/meander.js';
import { walkFile, walkTimes } from '../support/recordings.js';

const declared = ['--axes', 'session,trial,stimulus,neuron', '--times', walkTimes, '--unit', 'day'];
const files = { 'mouse.npy': walkFile(1), 'other.npy': walkFile(2), 'third.npy': walkFile(3) };
const command = (...more: readonly string[]): string[] => ['analyse', 'mouse.npy', ...declared, ...more];

/** Paths of all files below a directory. */
const filesBelow = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(directory, name)).isFile())
    .sort();

const figureNames = ['codes', 'displacement', 'increments', 'sessions', 'stimuli', 'tracked'];

/** What a directory of an analysis holds. */
const listing = (figures: readonly string[]): string[] =>
  [
    'checksums.sha256',
    ...figures.flatMap((name) => ['pdf', 'png', 'svg'].map((format) => `figures/${name}.${format}`)),
    ...['methods.txt', 'references.bib', 'report.html', 'report.json'],
    ...analysisTables.flatMap(({ name }) => [`tables/${name}.csv`, `tables/${name}.parquet`]),
  ].sort();

describe('meander analyse', () => {
  it('prints the shape as it was read and what was declared, every quantity, controls and warnings', () =>
    inDirectory(files, async (directory) => {
      const output = await meanderOutput(command(), directory);
      expect(output).toContain(
        'mouse: 6 sessions x 6 trials x 4 stimuli x 40 neurons; times 0, 1, 3, 4, 7, 9 (day); 0% missing, 0% zero\n' +
          'declared: axes session,trial,stimulus,neuron, zeros count as activity, not normalised\n',
      );
      for (const quantity of ['|h|^2', '2F', 'D', 'D/|h|^2', '|v|', 'half-life']) {
        expect(output).toMatch(new RegExp(`│ ${quantity.replace(/[|^]/g, '\\$&')} +│ +\\S+ ± \\S+ │ +\\S+ to \\S+ │`));
      }
      expect(output).toContain('activity² per day');
      expect(output).toMatch(/│ control +│ verdict +│ what came out/);
    }));

  it('prints one JSON document with F, D, |v| and D/|h|² of every stimulus, each with error and interval', () =>
    inDirectory(files, async (directory) => {
      const { code, stdout, stderr } = await meander(command('--json'), directory);
      expect(code).toBe(0);
      const report = JSON.parse(stdout) as AnalysisReport;
      expect(report.stimuli).toHaveLength(4);
      for (const motion of [report.population, ...report.stimuli]) {
        for (const key of ['strength', 'fluctuation', 'diffusion', 'directedSpeed', 'relativeDiffusion'] as const) {
          expect(Object.keys(motion[key])).toEqual(['value', 'se', 'interval95']);
        }
        expect(motion.strength.value).toBeGreaterThan(20);
      }
      expect(report.controls.length).toBeGreaterThan(3);
      expect(report.agreement).not.toBeNull();
      // What was read is said all the same.
      expect(stderr).toContain('6 sessions x 6 trials');
    }));

  it('fits D/|h|² against the presentations of a file, or says why not', () =>
    inDirectory(
      {
        ...files,
        'counts.csv': 'stimulus,count\n1,10\n2,100\n3,1000\n4,3000\n',
        'equal.csv': '5\n5\n5\n5\n',
      },
      async (directory) => {
        const { frequency } = await meanderJson<AnalysisReport>(
          command('--frequency', 'counts.csv', '--json'),
          directory,
        );
        expect(frequency).toMatchObject({ stimuli: 4, leftOut: 0, verdict: 'none' });
        const output = await meanderOutput(command('--frequency', 'counts.csv'), directory);
        expect(output).toMatch(/\nD\/\|h\|\^2 against presentations f, as f\^s: s = \S+ ± \S+, .*expected 2\nNo trend/);
        expect(output).toContain('This is correlational');
        expect(await meanderOutput(command('--frequency', 'equal.csv'), directory)).toContain(
          'was not fitted: all of them have the same number of presentations',
        );
      },
    ));

  it('has each of several animals, and all together', () =>
    inDirectory(files, async (directory) => {
      const output = await meanderOutput(['analyse', ...Object.keys(files), ...declared], directory);
      for (const name of ['mouse', 'other', 'third']) expect(output).toContain(`\n${name}: means over 4 stimuli`);
      expect(output).toContain('all 3 animals together');
    }));

  it('lists what an option accepts, and refuses a file that is not there, with exit code 2', () =>
    inDirectory(files, async (directory) => {
      for (const [args, message] of [
        [command('--missing', 'none'), '--missing none: expected nan or zero'],
        [command('--normalise', 'all'), '--normalise all: expected none, gain or neuron'],
        [['analyse', 'absent.npy', ...declared], 'absent.npy: there is no such file'],
        [
          ['analyse', 'mouse.npy', 'mouse.npy', './mouse.npy', ...declared],
          'mouse.npy: is named 3 times, expected each',
        ],
        [command('--unit', ''), '--unit: is empty, expected a word, such as day'],
        [command('--times', '0,1,nan,4,7,9'), '--times: the times have "nan", expected finite numbers'],
        [
          command('--times', '0,1,4,3,7,9'),
          'the times of its sessions 3 and 4 are 4 and 3, expected strictly increasing',
        ],
      ] as const) {
        const { code, stdout, stderr } = await meander(args, directory);
        expect([code, stdout]).toEqual([2, '']);
        expect(stderr).toContain(message);
        expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      }
    }));
});

describe('meander analyse --out', () => {
  let directory: string;
  let document: AnalysisReport;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'meander-'));
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(directory, name), bytes);
    document = await meanderJson<AnalysisReport>(command('--out', 'out'), directory);
  });
  afterAll(() => rm(directory, { recursive: true }));

  const text = (name: string): string => readFileSync(join(directory, 'out', name), 'utf8');

  it('writes figures, tables, a page, methods and references', () => {
    expect(filesBelow(join(directory, 'out'))).toEqual(listing(figureNames));
    expect(text('methods.txt')).toContain('40 neurons, 4 stimuli, 6 sessions over 9 days (1 to 3 days');
    expect(text('references.bib')).toMatch(/^@inproceedings\{pashakhanloo2023,/);
    expect(text('figures/displacement.svg')).toContain('gap between sessions Δt (day)');
  });

  it('has the same numbers in JSON, CSV and Parquet', async () => {
    expect(JSON.parse(text('report.json'))).toEqual(document);
    for (const { name, rows } of analysisTables) {
      const expected = rows(document);
      // A table without rows has its columns all the same.
      if (expected.length === 0) expect(text(`tables/${name}.csv`).split('\n')).toHaveLength(2);
      else expect(csvRows(text(`tables/${name}.csv`))).toEqual(expected.map(asText));
      expect(await readParquet(join(directory, `out/tables/${name}.parquet`), 10_000)).toEqual(expected);
    }
  });

  it('has a page that loads nothing, and links to files that are there', () => {
    const page = text('report.html');
    expect(page).not.toMatch(/<script|<link|src=|@import|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
    const links = [...page.matchAll(/href="([^"]*)"/g)].map(([, link]) => link);
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((link) => !listing(figureNames).includes(link))).toEqual([]);
  });

  it('refuses a directory that is not its own, or was changed', async () => {
    const methods = join(directory, 'out/methods.txt');
    writeFileSync(methods, 'edited');
    for (const out of ['out', '.', 'mouse.npy']) {
      const { code, stdout, stderr } = await meander(command('--out', out), directory);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/nothing is overwritten|is a file/);
    }
    expect(readFileSync(methods, 'utf8')).toBe('edited');
  });

  it.each([
    ['before the analysis', 'stdout'],
    ['within it', 'stderr'],
  ] as const)('interrupted %s leaves nothing behind, with exit code 130', (_, stream) =>
    inDirectory(files, async (own) => {
      const io = collectingIo();
      const collector = io[stream] as NodeJS.WritableStream;
      collector.once('text', () => io.signals.emit('SIGINT'));
      const at = (name: string): string => join(own, name);
      const code = await main(['analyse', at('mouse.npy'), ...declared, '--out', at('out')], io);
      expect(code).toBe(130);
      expect(io.text().stderr).toContain('interrupted; nothing was written');
      expect(readdirSync(own).sort()).toEqual(Object.keys(files).sort());
    }),
  );
});

/** A row as CSV gives it back: numbers that stand in a column of texts are numbers again. */
const asText = (row: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value,
    ]),
  );
