import type { RunReport } from '#experiment';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inDirectory } from '../support/directory.js';
import { readParquet, Table, writeChecksums, writeParquet } from '../../src/store/index.node.js';
import { meander, meanderJson, meanderOutput, root } from '../support/meander.js';
import { inRun, rowsOf, sweepFile, tableOf } from '../support/sweeps.js';

const python = '/usr/bin/python3';
const hasNumPy = existsSync(python) && spawnSync(python, ['-c', 'import numpy']).status === 0;

describe('the table of a sweep', () => {
  it('is shown without a quantity that was not known when it was made', async () => {
    await inRun(
      async (directory) => {
        const path = join(directory, 'run/results.parquet');
        const older = new Table();
        for (const row of await readParquet(path, 1000)) {
          older.add(Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith('halfLife'))));
        }
        await writeParquet(path, older, new Set(['point', 'probe']));
        await writeChecksums(join(directory, 'run'), ['results.parquet'], 'results.parquet.sha256');
        const shown = await meanderOutput(['show', 'run'], directory);
        expect(shown).toContain('relativeDiffusion');
        expect(shown).not.toContain('halfLife');
        const { code, stderr } = await meander(['show', 'run', '--columns', 'half-life'], directory);
        expect({ code, stderr }).toEqual({
          code: 2,
          stderr: expect.stringContaining('no column halfLifeTheory') as string,
        });
      },
      sweepFile({ points: 2 }),
    );
  });

  it('is not shown with a bit that flipped, and is made again by collect', async () => {
    await inRun(
      async (directory) => {
        const path = join(directory, 'run/results.parquet');
        const whole = await readFile(path);
        for (const at of [100, whole.length >> 1, whole.length - 200]) {
          const damaged = Buffer.from(whole);
          damaged[at] ^= 4;
          await writeFile(path, damaged);
          for (const command of ['show', 'export']) {
            const { code, stdout, stderr } = await meander([command, 'run'], directory);
            expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
            expect(stderr).toMatch(
              /^run\/results\.parquet: is not as it was written .*; meander collect run makes it again\n$/,
            );
          }
        }
        await meanderOutput(['collect', 'run'], directory);
        expect((await readFile(path)).equals(whole)).toBe(true);
      },
      sweepFile({ points: 2 }),
    );
  });

  it('has the numbers that meander run reports', async () => {
    await inRun(async (directory) => {
      const { points } = await meanderJson<RunReport>(['run', 'sweep.yaml'], directory);
      const rows = await rowsOf(directory);
      const expected = points.flatMap(({ probes, parameters, loss, steps }, point) =>
        probes.map((probe, k) => ({ probe, parameters, loss, steps, point, k })),
      );
      expect(rows).toHaveLength(60);
      for (const [i, { probe, parameters, loss, steps, point, k }] of expected.entries()) {
        expect(rows[i]).toMatchObject({
          ...parameters,
          point,
          probe: k + 1,
          diffusionTheory: probe.diffusion,
          diffusionSimulation: probe.simulation.diffusion.value,
          diffusionSimulationStandardError: probe.simulation.diffusion.se,
          fluctuationRatio: probe.ratio.fluctuation?.value,
          directedSpeedRatio: probe.ratio.directedSpeed?.value ?? null,
          lossTheory: loss.theory,
          lossSimulation: loss.simulation.value,
          steps,
        });
      }
    });
  });

  it('has the numbers of meander run --quick with --quick', async () => {
    const text = sweepFile({ points: 2 }).replace(
      /simulation: .*/,
      'simulation: { replicas: 8, seed: 3, targetError: 0.1 }',
    );
    await inDirectory({ 'sweep.yaml': text }, async (directory) => {
      await meanderOutput(['sweep', 'sweep.yaml', '--out', 'run', '--quick'], directory);
      const { points } = await meanderJson<RunReport>(['run', 'sweep.yaml', '--quick'], directory);
      const expected = points.flatMap(({ probes, steps }) =>
        probes.map(({ simulation }) => [simulation.diffusion.value, steps]),
      );
      const rows = await rowsOf(directory);
      const manifest = JSON.parse(await readFile(join(directory, 'run/manifest.json'), 'utf8')) as { quick: boolean };
      expect(manifest.quick).toBe(true);
      expect(rows.map(({ diffusionSimulation, steps }) => [diffusionSimulation, steps])).toEqual(expected);
    });
  });

  it.skipIf(!hasNumPy)('reads the same in Python from Parquet and from NPZ', async () => {
    await inRun(async (directory) => {
      const rows = await rowsOf(directory);
      const reader = join(root, 'examples/notebooks/read_parquet.py');
      const parquet = spawnSync(python, [reader, 'run/results.parquet'], { cwd: directory, encoding: 'utf8' });
      expect(parquet.stderr).toBe('');
      const table = JSON.parse(parquet.stdout) as { rows: number; columns: Record<string, unknown[]> };
      expect(table.rows).toBe(60);
      expect(Object.keys(table.columns)).toEqual(Object.keys(rows[0]));
      for (const [name, cells] of Object.entries(table.columns)) expect(cells).toEqual(rows.map((row) => row[name]));

      await meanderOutput(['export', 'run', '--format', 'npz'], directory);
      const script =
        'import numpy, json; d = numpy.load("run/results.npz"); ' +
        'print(json.dumps({k: [None if x != x else x for x in d[k].tolist()] for k in d.files}))';
      const npz = spawnSync(python, ['-c', script], { cwd: directory, encoding: 'utf8' });
      expect(npz.stderr).toBe('');
      expect(JSON.parse(npz.stdout)).toEqual(table.columns);
    });
  });
});

describe('meander export', () => {
  it('writes CSV with all columns, and Parquet with the bytes of the table, and overwrites nothing', async () => {
    await inRun(async (directory) => {
      await meanderOutput(['export', 'run', '--format', 'csv', '--to', 'a.csv'], directory);
      const [head, first] = (await readFile(join(directory, 'a.csv'), 'utf8')).split('\n');
      const [row] = await rowsOf(directory);
      expect(head.split(',')).toEqual(Object.keys(row));
      expect(first).toContain(String(row.diffusionSimulation));
      const again = await meander(['export', 'run', '--format', 'csv', '--to', 'a.csv'], directory);
      expect(again).toMatchObject({
        code: 2,
        stderr: 'a.csv: already exists and is not overwritten; name another file\n',
      });
      await meanderOutput(['export', 'run', '--format', 'parquet', '--to', 'b.parquet'], directory);
      const copy = await readFile(join(directory, 'b.parquet'));
      expect(copy.equals(await tableOf(join(directory, 'run')))).toBe(true);
    });
  });

  it('writes the rows and columns that --where, --sort and --columns choose', async () => {
    await inRun(async (directory) => {
      const choice = ['--where', 'probe<=2', 'learningRate=0.001', '--sort', '-D', '--columns', 'probe,D,v'];
      await meanderOutput(['export', 'run', '--format', 'csv', '--to', 'a.csv', ...choice], directory);
      const [head, ...lines] = (await readFile(join(directory, 'a.csv'), 'utf8')).trim().split('\n');
      expect(head).toBe(
        'probe,diffusionTheory,diffusionSimulation,diffusionRatio,directedSpeedTheory,directedSpeedSimulation,directedSpeedRatio',
      );
      expect(lines).toHaveLength(20);
      const values = lines.map((line) => Number(line.split(',')[2]));
      expect(values).toEqual([...values].sort((a, b) => b - a));
    });
  });

  it('rejects an unknown format with the known ones', async () => {
    const wrong = await meander(['export', 'run', '--format', 'xls']);
    expect(wrong).toMatchObject({ code: 2, stderr: '--format xls: expected csv, npz or parquet\n' });
  });
});

describe('meander show', () => {
  it('filters by --where, sorts by --sort and prints the first rows of chosen columns', async () => {
    await inRun(async (directory) => {
      const rows = await rowsOf(directory, '--where', 'weightDecay<=0.1', 'probe=2', '--sort', '-diffusionSimulation');
      expect(rows).toHaveLength(10);
      expect(rows.every(({ probe, weightDecay }) => probe === 2 && Number(weightDecay) <= 0.1)).toBe(true);
      const values = rows.map(({ diffusionSimulation }) => Number(diffusionSimulation));
      expect(values).toEqual([...values].sort((a, b) => b - a));
      const text = await meanderOutput(
        ['show', 'run', '--limit', '3', '--columns', 'learningRate,lossSimulation'],
        directory,
      );
      expect(text).toContain('and 57 more rows; --limit 60 shows them');
      expect(text.match(/±/g)).toHaveLength(3);
    });
  });

  it('rejects unknown columns and quantities, and what leaves no row, in one line each', async () => {
    await inRun(async (directory) => {
      for (const args of [
        ['--where', 'probe'],
        ['--where', 'nothing=1'],
        ['--sort', 'nothing'],
        ['--columns', 'nothing'],
        ['--where', 'probe=9'],
        ['--figure', '--quantity', 'nothing'],
      ]) {
        const { code, stderr } = await meander(['show', 'run', ...args], directory);
        expect(code, stderr).toBe(2);
        expect(stderr.trim().split('\n')).toHaveLength(1);
      }
    });
  });
});
