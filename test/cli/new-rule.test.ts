import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inDirectory } from '../support/directory.js';
import { meander, meanderJson } from '../support/meander.js';

interface Report {
  readonly points: readonly { readonly probes: readonly { readonly diffusion: number; readonly ratio: unknown }[] }[];
}

const short = ['--set', 'simulation={replicas: 4, burnIn: 100, lag: 10, duration: 200}'];

it.each(['my-rule.ts', 'mine.mjs'])('writes a rule and an experiment that work as they are: %s', async (file) => {
  await inDirectory({}, async (directory) => {
    const written = await meander(['new', 'rule', file], directory);
    expect(written.code, written.stderr).toBe(0);
    const experiment = file.replace(/\.\w+$/, '.yaml');
    const predicted = await meanderJson<Report>(['theory', experiment], directory);
    expect(predicted.points[0].probes[0].diffusion).toBeGreaterThan(0);
    // The third axis is not represented.
    const silent = { squaredNorm: 0, diffusion: 0, relativeDiffusion: null, halfLife: null };
    expect(predicted.points[0].probes[2]).toMatchObject(silent);
    const simulated = await meanderJson<Report>(['run', experiment, ...short], directory);
    expect(simulated.points[0].probes[0].ratio).toHaveProperty('diffusion.value');
    expect(simulated.points[0].probes[2]).toMatchObject({ ...silent, ratio: { relativeDiffusion: null } });
  });
});

it('overwrites neither a rule nor an experiment, and writes no file of another kind', async () => {
  await inDirectory({ 'a.ts': 'mine', 'b.yaml': 'mine' }, async (directory) => {
    for (const [file, says] of [
      ['a.ts', 'a.ts: already exists and is not overwritten; name another file\n'],
      ['b.ts', 'b.yaml: already exists and is not overwritten; name another file\n'],
      ['c.py', 'c.py: expected a name in .ts, .mts, .js or .mjs\n'],
    ]) {
      expect(await meander(['new', 'rule', file], directory)).toEqual({ code: 2, stdout: '', stderr: says });
    }
    expect(await readFile(join(directory, 'a.ts'), 'utf8')).toBe('mine');
    expect((await meander(['new', 'rool'], directory)).stderr).toContain('found rool, expected rule');
  });
});

it('changes the run with the code of the rule, and nothing with the workers', async () => {
  await inDirectory({}, async (directory) => {
    await meander(['new', 'rule'], directory);
    const run = (workers: string) =>
      meanderJson<Report>(['run', 'my-rule.yaml', ...short, '--workers', workers], directory);
    const one = await run('1');
    expect(await run('3')).toEqual(one);
    const first = await meander(['run', 'my-rule.yaml', ...short, '--out', 'kept'], directory);
    expect(first.code, first.stderr).toBe(0);
    const file = join(directory, 'my-rule.ts');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('scale(multiply(w,', 'scale(multiply( w,'));
    const other = await meander(['run', 'my-rule.yaml', ...short, '--out', 'kept'], directory);
    expect(other).toMatchObject({ code: 2 });
    expect(other.stderr).toContain('kept: holds another run');
  });
});
