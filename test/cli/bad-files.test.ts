import { readFileSync } from 'node:fs';
import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { meander, type Finished } from '../support/meander.js';
import { inDirectory } from '../support/directory.js';
import { npyBytes } from '../support/npy.js';

interface Case {
  readonly name: string;
  /** Lines of the good file to replace, by number from 1; numbers beyond its end add lines. */
  readonly lines?: Readonly<Record<string, string>>;
  /** The whole text instead. */
  readonly text?: string;
  /** LINE:COLUMN: key: message, where ... stands for anything. */
  readonly says: string;
}

const fixture = readFileSync(new URL('../fixtures/bad-files.yaml', import.meta.url), 'utf8');
const { good, cases } = parse(fixture) as { good: string; cases: Case[] };

const f64 = (...values: number[]): Float64Array => Float64Array.from(values);

const dataFiles = {
  'data.txt': '1,2\n',
  'nan.npy': npyBytes('<f8', [2, 2], f64(1, 2, NaN, 4)),
  'nan.csv': 'x,y,z\n1,2,3\n4,5,nan\n',
  'gap.csv': '1,,3\n4,5,6\n',
  'ragged.csv': '1,2,3\n4,5\n',
  'semicolons.csv': 'x;y\n1,5;2\n3;4,5\n',
  'blanks.csv': '1 2\n3 4\n',
  'text.npy': '1,2,3\n',
  'short.npy': npyBytes('<f8', [2, 2], f64(1, 2, 3)),
  'cube.npy': npyBytes('<f8', [1, 2, 2], f64(1, 2, 3, 4)),
  'complex.npy': npyBytes('<c16', [1, 1], f64(1, 2)),
  'small.csv': '1,2\n3,5\n',
  'wide.npy': npyBytes('<f4', [1, 5000], new Float32Array(5000)),
  'constant.csv': '1,2\n1,2\n',
  'tenths.csv': '0.1,0.3\n'.repeat(10),
};

function textOf({ lines, text }: Case): string {
  if (text !== undefined) return text;
  const result = good.split('\n');
  for (const [number, line] of Object.entries(lines ?? {})) result[Number(number) - 1] = line;
  return result.join('\n');
}

/** Exactly one line, beginning with the name of the file; nothing on standard output; exit code 2. */
function expectRefusal({ code, stdout, stderr }: Finished, says: string): void {
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  const parts = says.split('...').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  expect(stderr).toMatch(new RegExp(`^${parts.join('.*')}\n$`));
}

async function refused(args: readonly string[], files: Record<string, string | Uint8Array>, says: string) {
  await inDirectory(files, async (directory) => {
    await mkdir(join(directory, 'folder.npy'));
    await symlink('/dev/zero', join(directory, 'endless.npy'));
    const before = await readdir(directory);
    expectRefusal(await meander(args, directory), says);
    expect(await readdir(directory), 'nothing is written').toEqual(before);
  });
}

describe.concurrent('bad experiment files', () => {
  it('the good file is good', async () => {
    await inDirectory({ 'good.yaml': good }, async (directory) => {
      expect(await meander(['theory', 'good.yaml', '--json'], directory)).toMatchObject({ code: 0, stderr: '' });
    });
  });

  it.each(cases)('$name', async (bad) => {
    const files = { ...dataFiles, 'bad.yaml': textOf(bad) };
    await refused(['run', 'bad.yaml', '--json', '--out', 'out'], files, `bad.yaml:${bad.says}`);
  });

  it.each(['weight decay that leaves nothing', 'NaN in .csv', 'an unknown key'])(
    'theory refuses in the same words: %s',
    async (name) => {
      const bad = cases.find((other) => other.name === name);
      if (!bad) throw new Error(`no case ${name}`);
      const files = { ...dataFiles, 'bad.yaml': textOf(bad) };
      await refused(['theory', 'bad.yaml', '--json'], files, `bad.yaml:${bad.says}`);
    },
  );

  it('JSON with a wrong value', async () => {
    const text = '{\n  "model": {\n    "hiddenUnits": 0\n  }\n}\n';
    await refused(
      ['theory', 'bad.json'],
      { 'bad.json': text },
      'bad.json:3:20: model.hiddenUnits: found 0, expected ...',
    );
  });

  it('JSON with a syntax error', async () => {
    const text = '{\n  "name": "x",\n  "model": [1, 2\n}\n';
    await refused(['theory', 'bad.json'], { 'bad.json': text }, 'bad.json:4:1: not valid JSON: ...');
  });

  it('a file that is not text', async () => {
    const bytes = Uint8Array.of(0xff, 0xfe, 0x00, 0x80);
    await refused(
      ['theory', 'bad.yaml'],
      { 'bad.yaml': bytes },
      'bad.yaml:1:1: found bytes that are not UTF-8 text, ...',
    );
  });

  it('a missing file', () => refused(['run', 'none.yaml'], {}, 'none.yaml:1:1: there is no such file, expected ...'));

  it('a directory', () => refused(['run', 'folder.npy'], {}, 'folder.npy:1:1: found a directory, expected ...'));

  it('a file of another directory is named as the user named it', async () => {
    await inDirectory({ 'bad.yaml': 'model: 3\n' }, async (directory) => {
      await mkdir(join(directory, 'below'));
      const outcome = await meander(['theory', '../bad.yaml'], join(directory, 'below'));
      expectRefusal(outcome, '../bad.yaml:1:8: model: found 3, expected the keys of a model');
    });
  });
});

describe.concurrent('bad command lines', () => {
  it.each([
    ['no worker', ['run', 'good.yaml', '--workers', '0'], '--workers 0'],
    ['workers in words', ['run', 'good.yaml', '--workers', 'two'], '--workers two'],
    ['weights without a place', ['run', 'good.yaml', '--weights'], '--weights needs --out'],
    [
      'an output directory without a name',
      ['run', 'good.yaml', '--out', ''],
      '--out: expected the name of a directory',
    ],
    ['an unknown command', ['simulate', 'good.yaml'], "unknown command 'simulate'"],
    ['an unknown option', ['run', 'good.yaml', '--fast'], "unknown option '--fast'"],
    ['no file', ['run'], "missing required argument 'file'"],
  ])('%s', async (_, args, says) => {
    await inDirectory({ 'good.yaml': good }, async (directory) => {
      const { code, stdout, stderr } = await meander(args, directory);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(says);
      expect(stderr).not.toMatch(/^ +at /m);
    });
  });

  it('a hundred thousand unknown keys are one message about the first', { timeout: 20_000 }, async () => {
    const keys = Array.from({ length: 100_000 }, (_, k) => `  k${k}: ${k}\n`).join('');
    await inDirectory({ 'keys.yaml': `model:\n${keys}` }, async (directory) => {
      const { code, stderr } = await meander(['theory', 'keys.yaml'], directory);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^keys\.yaml:2:3: model\.k0: unknown key, expected one of [^\n]+\n$/);
    });
  });

  it.each([[['--help']], [['run', '--help']], [['theory', '--help']], [['--version']]])(
    '%j ends with 0',
    async (args) => {
      const { code, stdout, stderr } = await meander(args, '.');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).not.toBe('');
    },
  );
});
