// The scripts of examples/recordings write what they are told, and `meander analyse` finds in it what it finds in the array.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalysisReport } from '#analyse';
import { readRecordings, type ReadFileOptions } from '#recording/node';
import { differences } from '../support/differences.js';
import { meanderJson, root } from '../support/meander.js';
import { systemPackages } from '../support/system-packages.js';

const scripts = join(root, 'examples/recordings');
const programs = join(root, 'test/support/programs');
const missing = (...names: string[]): string[] =>
  systemPackages.filter(({ name, file }) => names.includes(name) && !existsSync(file)).map(({ name }) => name);
const lackOfPython = missing('python3-numpy', 'python3-h5py');
const lackOfOctave = missing('octave');

const directory = mkdtempSync(join(tmpdir(), 'meander-'));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

function run(program: string, args: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', cwd: directory, input });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
  return stdout;
}

const axes = 'session,trial,stimulus,neuron';
const declared = ['--axes', axes, '--times', '0,1,2.5,4', '--unit', 'day'];

/** What there is in a file, but for its name. */
async function contentOf(file: string, options: ReadFileOptions): Promise<unknown> {
  const [recording] = await readRecordings([join(directory, file)], { axes, ...options });
  const values = Array.from(recording.values, (value) => (Number.isNaN(value) ? null : value));
  return { ...recording, name: null, values };
}

/** What a report says about the recording, but for its name. */
async function analysed(...args: readonly string[]): Promise<unknown> {
  const report = await meanderJson<AnalysisReport>(['analyse', ...args, '--json'], directory);
  const { population, stimuli, animals } = report;
  const [{ sessions, trials, neurons, times, timeUnit, missing: share, pairs }] = animals;
  return { population, stimuli, sessions, trials, neurons, times, timeUnit, share, pairs };
}

describe.skipIf(lackOfPython.length > 0)(
  `from_suite2p.py, from_caiman.py and from_nwb.py (${lackOfPython.join(', ')})`,
  () => {
    const windows = ['--window', '0', '1', '--baseline', '-1', '0'];
    const suite2p = ['from_suite2p.py', 'suite2p.csv', ...windows];
    const joined = ['from_suite2p.py', 'joined.csv', ...windows];
    const caiman = ['from_caiman.py', 'caiman.csv', '--window', '0', '1'];
    const nwb = ['from_nwb.py', 'nwb.csv', '--window', '0', '1'];
    const ids = ['--id', 'processing/ophys/cells/cell_specimen_id'];
    const written: readonly (readonly [known: string, command: readonly string[]])[] = [
      ['known.npy', [...suite2p, '--cells', 'cells.npy', '--out', 'dff.npz']],
      ['known.npy', [...suite2p, '--cells', 'cells.csv', '--first', '1', '--signal', 'spks', '--out', 'spikes.npz']],
      ['known.npy', [...suite2p, '--cells', 'track2p.npy', '--signal', 'spks', '--out', 'track2p.npz']],
      ['known.npy', [...caiman, '--cells', 'cellreg.mat', '--out', 'caiman.npz']],
      ['known.npy', [...caiman, '--cells', 'ranks.npy', '--numbers', 'accepted', '--out', 'ranks.npz']],
      ['known.npy', [...nwb, ...ids, '--stimulus', 'image', '--out', 'traces.npz']],
      ['known-spikes.npy', [...nwb, '--units', '--id', 'units/id', '--stimulus', 'image', '--out', 'units.npz']],
      ['known-joined.npy', [...joined, '--signal', 'spks', '--out', 'joined.npz']],
    ];
    const refused: readonly (readonly [command: readonly string[], message: RegExp])[] = [
      [['from_suite2p.py', 'nowhere.csv', ...windows], /nowhere\.csv: cannot be read \(No such file/],
      [['from_suite2p.py', 'no-folder.csv', ...windows], /has the columns time, stimuli and lacks folder$/],
      [['from_suite2p.py', 'unordered.csv', ...windows], /times are 4, 2\.5, 1, 0, expected them in rising order/],
      [['from_suite2p.py', 'outside.csv', ...windows], /day0: has no F\.npy; it has plane0, of which one is meant/],
      [[...suite2p, '--cells', 'no-map.csv'], /column 4 has the cell 99 .* has 26 components; see --first/],
      [[...suite2p, '--cells', 'twice.csv'], /column 2 has the cell 1 \(counted from 0\) twice/],
      [[...suite2p, '--cells', 'cells.hdf'], /cells\.hdf: there is no such file/],
      [[...suite2p, '--cells', 'suite2p.csv'], /has the cell 'day0\/plane0', expected a number, or nothing/],
      [[...suite2p, '--window', '.01', '.02'], /a span of 0\.01 s has no frame at 10 a second \(--window\)/],
      [[...suite2p, '--rate', '1000'], /no presentation of left lies within the recording; are onsets in seconds\?/],
      [joined, /joined\/plane0: has no F\.npy, as suite2p writes it/],
      [[...caiman, '--signal', 'S'], /day0\.hdf5: has no estimates\/S; take --signal F_dff or C/],
      [['from_caiman.py', 'suite2p.csv', '--window', '0', '1'], /has the columns time, folder, stimuli and lacks file/],
      [nwb, /day0\.nwb: intervals\/trials: --stimulus names no column; it has image, start_time/],
      [[...nwb, '--trials', 'trials'], /has no trials\/start_time; it has intervals\/trials; see --trials and --onset/],
      [
        [...nwb, '--stimulus', 'image', '--series', 'x'],
        /no series x; it has processing\/ophys\/DfOverF\/Roi\w+ or --units/,
      ],
      [[...nwb, '--stimulus', 'image', '--id', 'y'], /day0\.nwb: has no dataset y, as --id says/],
      [[...nwb, '--stimulus', 'image'], /the sessions have 24, 23, 23, 23 cells; say by --cells which cell is which/],
    ];
    let results: (readonly [code: number, stdout: string, stderr: string])[] = [];
    beforeAll(() => {
      run('/usr/bin/python3', [join(programs, 'recording_inputs.py'), directory]);
      const commands = [
        ...written.map(([, command]) => command),
        ...refused.map(([command]) => [...command, '--out', 'none.npz']),
      ].map(([script, ...args]) => [join(scripts, script), ...args]);
      const output = run('/usr/bin/python3', [join(programs, 'run_scripts.py')], JSON.stringify(commands));
      results = JSON.parse(output) as typeof results;
    });

    it.each(written.map(([known, command], k) => [command.at(-1) ?? '', known, k] as const))(
      'write %s, in which there is what is in %s',
      async (file, known, k) => {
        const [code, , stderr] = results[k];
        expect([code, stderr.match(/left out: 1/g)?.length]).toEqual([0, 4]);
        const expected = await contentOf(known, { times: '0,1,2.5,4', labels: 'left,none,right' });
        // Traces of suite2p are in single precision.
        expect(differences(await contentOf(file, { times: 'times', labels: 'labels' }), expected, 1e-4)).toEqual([]);
      },
    );

    it.each([0, 3])('print the command that finds in the file what is in the array (%i)', async (k) => {
      const [, stdout] = results[k];
      const [, command] = /^npx meander analyse (.*)$/m.exec(stdout) ?? [];
      const expected = await analysed('known.npy', ...declared, '--labels', 'left,none,right');
      expect(differences(await analysed(...command.split(' ')), expected, 1e-4)).toEqual([]);
    });

    it.each(refused.map(([command, message], k) => [command.join(' '), message, written.length + k] as const))(
      'refuse %s with one message',
      (_, message, k) => {
        const [code, stdout, stderr] = results[k];
        expect([code, stdout, stderr.trimEnd().split('\n').length]).toEqual([2, '', 1]);
        expect(stderr.trimEnd()).toMatch(message);
      },
    );
  },
);

describe.skipIf(lackOfOctave.length > 0)(`the MATLAB functions (${lackOfOctave.join(', ')})`, () => {
  let messages: readonly string[] = [];
  beforeAll(() => {
    const call = `addpath('${programs}'); matlab_inputs('${join(scripts, 'matlab')}', '${directory}')`;
    messages = run('/usr/bin/octave-cli', ['--norc', '--quiet', '--eval', call]).trim().split('\n');
  });

  it.each([
    ['matrix.mat', 'a,b,c'],
    ['nested.mat', '1,2,3'],
    ['structs.mat', '1,2,3'],
    ['traces.mat', 'a,b,c'],
    ['cells.mat', 'a,b,c'],
  ])('write %s, in which there is what is in the array', async (file, labels) => {
    const expected = await contentOf('known.mat', { key: 'known', times: '0,1,2.5,4', labels });
    const own = await contentOf(file, { key: 'x', times: 'times', labels: 'labels' });
    expect(differences(own, expected, 1e-12)).toEqual([]);
  });

  it('write files for the command that their help names', async () => {
    const expected = await analysed('known.mat', '--key', 'known', ...declared, '--labels', 'a,b,c');
    const help = readFileSync(join(scripts, 'matlab/write_recording.m'), 'utf8');
    const [, command] = /npx meander analyse mouse\.mat (.*)/.exec(help) ?? [];
    expect(differences(await analysed('traces.mat', ...command.split(' ')), expected, 1e-9)).toEqual([]);
  });

  it('say what is wrong with the input', () => {
    expect(messages).toEqual([
      'session 1 has no field rate, onsets',
      'the window of 0.01 to 0.02 s holds no frame at 10 frames per second',
      'cells has 2 columns, expected one for each of 4 sessions',
      '4 times for 4 sessions, expected one for each, rising',
      '2 labels for 3 stimuli, expected one for each',
      'column 1 of cells has the cell 20, and session 1 has 19 cells',
      'column 1 of cells has a cell twice, expected each once',
      'the structure array has no field responses; it has time, traces, rate, onsets, stimuli, note',
      'responses is a double, expected a cell array of sessions x stimuli',
      'session 2 has no trial of stimulus 3: leave it out of every session',
    ]);
  });
});
