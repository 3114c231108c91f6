import { FileSystemStore } from '@zarrita/storage';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import * as zarr from 'zarrita';
import type { RunReport } from '#experiment';
import { filtered } from '../src/cli/sweep/query.js';
import { meander, root } from './meander.js';
import { inDirectory } from './support/directory.js';
import { begin, sweepFile, tableOf } from './support/sweeps.js';

const python = '/usr/bin/python3';
const hasNumPy = existsSync(python) && spawnSync(python, ['-c', 'import numpy']).status === 0;

type Row = Record<string, number | string | null>;

interface Status {
  tasks: { finished: number };
  cluster: { active: number; underWay: number; lost: number; problem: string | null };
}

const statusOf = async (run: string, directory: string): Promise<Status> => {
  const { code, stdout, stderr } = await meander(['status', run, '--json'], directory);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Status;
};

const show = async (directory: string, ...args: string[]): Promise<Row[]> => {
  const { code, stdout, stderr } = await meander(['show', 'run', '--json', ...args], directory);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Row[];
};

/** A finished run of ten weight decays and two learning rates. */
const inRun = (body: (directory: string) => Promise<void>, text = sweepFile({ points: 20 })): Promise<void> =>
  inDirectory({ 'sweep.yaml': text }, async (directory) => {
    const { code, stderr } = await meander(['sweep', 'sweep.yaml', '--out', 'run'], directory);
    expect(code, stderr).toBe(0);
    await body(directory);
  });

/** Resumes a run and stops it when it has some records; returns how many. */
async function interrupted(directory: string): Promise<{ begun: number }> {
  const records = async (): Promise<number> =>
    (await readdir(join(directory, 'run/records/000000')).catch(() => [])).length;
  const resume = begin(['resume', 'run', '--workers', '1'], directory);
  while ((await records()) < 2) await delay(20);
  resume.kill('SIGINT');
  expect((await resume.ended).code).toBe(130);
  return { begun: await records() };
}

describe('the table of a sweep', () => {
  it('says the numbers of meander run', async () => {
    await inRun(async (directory) => {
      const { stdout } = await meander(['run', 'sweep.yaml', '--json'], directory);
      const { points } = JSON.parse(stdout) as RunReport;
      const rows = await show(directory);
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

  it('is that of meander run --quick with --quick', async () => {
    const text = sweepFile({ points: 2 }).replace(
      /simulation: .*/,
      'simulation: { replicas: 8, seed: 3, targetError: 0.1 }',
    );
    await inDirectory({ 'sweep.yaml': text }, async (directory) => {
      const sweep = await meander(['sweep', 'sweep.yaml', '--out', 'run', '--quick'], directory);
      expect(sweep.code, sweep.stderr).toBe(0);
      const run = await meander(['run', 'sweep.yaml', '--quick', '--json'], directory);
      const { points } = JSON.parse(run.stdout) as RunReport;
      const expected = points.flatMap(({ probes, steps }) =>
        probes.map(({ simulation }) => [simulation.diffusion.value, steps]),
      );
      const rows = await show(directory);
      const manifest = JSON.parse(await readFile(join(directory, 'run/manifest.json'), 'utf8')) as { quick: boolean };
      expect(manifest.quick).toBe(true);
      expect(rows.map(({ diffusionSimulation, steps }) => [diffusionSimulation, steps])).toEqual(expected);
    });
  });

  it.skipIf(!hasNumPy)('is the same to readers in Python, as Parquet and as NPZ', async () => {
    await inRun(async (directory) => {
      const rows = await show(directory);
      const reader = join(root, 'examples/notebooks/read_parquet.py');
      const parquet = spawnSync(python, [reader, 'run/results.parquet'], { cwd: directory, encoding: 'utf8' });
      expect(parquet.stderr).toBe('');
      const table = JSON.parse(parquet.stdout) as { rows: number; columns: Record<string, unknown[]> };
      expect(table.rows).toBe(60);
      expect(Object.keys(table.columns)).toEqual(Object.keys(rows[0]));
      for (const [name, cells] of Object.entries(table.columns)) expect(cells).toEqual(rows.map((row) => row[name]));

      expect((await meander(['export', 'run', '--format', 'npz'], directory)).code).toBe(0);
      const script =
        'import numpy, json; d = numpy.load("run/results.npz"); ' +
        'print(json.dumps({k: [None if x != x else x for x in d[k].tolist()] for k in d.files}))';
      const npz = spawnSync(python, ['-c', script], { cwd: directory, encoding: 'utf8' });
      expect(npz.stderr).toBe('');
      expect(JSON.parse(npz.stdout)).toEqual(table.columns);
    });
  });

  it('is exported without overwriting', async () => {
    await inRun(async (directory) => {
      const csv = await meander(['export', 'run', '--format', 'csv', '--to', 'a.csv'], directory);
      expect(csv.code, csv.stderr).toBe(0);
      const [head, first] = (await readFile(join(directory, 'a.csv'), 'utf8')).split('\n');
      const [row] = await show(directory);
      expect(head.split(',')).toEqual(Object.keys(row));
      expect(first).toContain(String(row.diffusionSimulation));
      const again = await meander(['export', 'run', '--format', 'csv', '--to', 'a.csv'], directory);
      expect(again).toMatchObject({
        code: 2,
        stderr: 'a.csv: is there already; nothing is overwritten, name another file\n',
      });
      const parquet = await meander(['export', 'run', '--format', 'parquet', '--to', 'b.parquet'], directory);
      expect(parquet.code).toBe(0);
      const copy = await readFile(join(directory, 'b.parquet'));
      expect(copy.equals(await tableOf(join(directory, 'run')))).toBe(true);
      const wrong = await meander(['export', 'run', '--format', 'xls'], directory);
      expect(wrong).toMatchObject({ code: 2, stderr: '--format xls: expected npz, csv or parquet\n' });
    });
  });

  it('is filtered and sorted', async () => {
    await inRun(async (directory) => {
      const rows = await show(directory, '--where', 'weightDecay<=0.1', 'probe=2', '--sort', '-diffusionSimulation');
      expect(rows).toHaveLength(10);
      expect(rows.every(({ probe, weightDecay }) => probe === 2 && Number(weightDecay) <= 0.1)).toBe(true);
      const values = rows.map(({ diffusionSimulation }) => Number(diffusionSimulation));
      expect(values).toEqual([...values].sort((a, b) => b - a));
      const text = await meander(
        ['show', 'run', '--limit', '3', '--columns', 'learningRate,lossSimulation'],
        directory,
      );
      expect(text.stdout).toContain('and 57 more rows; --limit 60 shows them');
      expect(text.stdout.match(/±/g)).toHaveLength(3);
      for (const args of [
        ['--where', 'probe'],
        ['--where', 'nothing=1'],
        ['--sort', 'nothing'],
        ['--columns', 'nothing'],
        ['--where', 'probe=9'],
        ['--figure', '--quantity', 'nothing'],
        ['--figure', '--where', 'point=0'],
      ]) {
        const { code, stderr } = await meander(['show', 'run', ...args], directory);
        expect(code, stderr).toBe(2);
        expect(stderr.trim().split('\n')).toHaveLength(1);
      }
    });
  });

  it('is filtered as text where a column holds texts', () => {
    const rows = [{ burnIn: 'auto' }, { burnIn: '300' }, { burnIn: null }];
    expect(filtered(rows, ['burnIn=300'])).toEqual([rows[1]]);
    expect(filtered(rows, ['burnIn!=300'])).toEqual([rows[0]]);
    expect(() => filtered(rows, ['burnin=1'])).toThrow('--where: there is no column burnin, did you mean burnIn?');
  });

  it('of the points that are finished is called partial', async () => {
    await inRun(
      async (directory) => {
        const record = join(directory, 'run/records/000000.pack');
        await rename(record, `${record}.gone`);
        await rename(join(directory, 'run/results.parquet'), join(directory, 'whole.parquet'));
        const none = await meander(['collect', 'run', '--partial'], directory);
        expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('0 of 20 points') as string });
        const { begun } = await interrupted(directory);
        expect(begun).toBeGreaterThan(0);
        const collected = await meander(['collect', 'run', '--partial'], directory);
        expect(collected.code, collected.stderr).toBe(0);
        const exported = await meander(['export', 'run', '--format', 'csv'], directory);
        expect(exported.stderr).toMatch(/partial: \d+ of 20 points/);
        expect(await readdir(join(directory, 'run'))).toContain('results-partial.csv');
        const [, points] = /partial: (\d+) of 20 points/.exec(exported.stderr) ?? [];
        const drawn = await meander(['show', 'run', '--figure'], directory);
        expect(drawn.code, drawn.stderr).toBe(0);
        const map = await readFile(join(directory, 'run/figures/diffusion-partial.svg'), 'utf8');
        expect(map).toContain(`small: ${points} of 20 points, probe 1`);
        // A map, and with the axes of the whole sweep: late values have labels, and cells without rows are empty.
        for (const label of ['0.18', '0.002']) expect(map).toContain(`>${label}</text>`);
        expect(map.match(/<rect [^>]*fill="(#|rgb)[^>]*width="[\d.]+" x="[\d.]+" \/>/g)?.length).toBe(
          3 * Number(points),
        );
      },
      sweepFile({ points: 20, duration: 600_000 }),
    );
  });

  it('is drawn as curves and as heat maps', async () => {
    await inRun(async (directory) => {
      for (const args of [[], ['--where', 'learningRate=0.002', '--quantity', 'fluctuation']]) {
        const { code, stderr } = await meander(['show', 'run', '--figure', ...args], directory);
        expect(code, stderr).toBe(0);
      }
      const [map, curves] = await Promise.all(
        ['diffusion', 'fluctuation-learningRate-0.002'].map((name) =>
          readFile(join(directory, `run/figures/${name}.svg`), 'utf8'),
        ),
      );
      // 20 cells for the theory, the simulation and their ratio; 30 points and their ratios.
      expect(map.match(/<rect [^>]*fill="(#|rgb)[^>]*width="[\d.]+" x="[\d.]+" \/>/g)?.length).toBe(60);
      for (const title of ['theory', 'simulation', 'simulation / theory']) expect(map).toContain(`>${title}<`);
      expect(map).toContain('probe 1 = [1,0,0]');
      expect(curves).toContain('probe 3');
      expect(curves).toContain('>fluctuation F (activation²)<');
      // Lines of the theory through 100 values and more.
      const lines = [...curves.split('class="panel"')[1].matchAll(/aria-label="line"[^>]*><path d="([^"]*)"/g)];
      expect(lines).toHaveLength(3);
      for (const [, path] of lines) expect(path.split('L').length).toBeGreaterThan(100);
      expect((await readFile(join(directory, 'run/figures/diffusion.png'))).subarray(1, 4).toString()).toBe('PNG');
      for (const svg of [map, curves]) {
        expect(svg).toMatch(/^<svg [^>]*xmlns="http/);
        expect(svg).not.toContain('NaN');
      }
    });
  });
});

describe('figures of a sweep', () => {
  it('of a loss have no probe, and of what theory calls 0 no colours of noise', async () => {
    await inRun(async (directory) => {
      const args = ['show', 'run', '--figure', '--quantity', 'loss'];
      const refused = await meander([...args, '--probe', '2'], directory);
      expect(refused).toMatchObject({
        code: 2,
        stderr: '--probe 2: the task loss is that of all stimuli together; leave --probe out\n',
      });
      for (const more of [
        args,
        [...args, '--where', 'learningRate=0.002'],
        ['show', 'run', '--figure', '--quantity', 'directedSpeed'],
      ]) {
        const { code, stderr } = await meander(more, directory);
        expect(code, stderr).toBe(0);
      }
      const [map, curves, speed] = await Promise.all(
        ['loss', 'loss-learningRate-0.002', 'directedSpeed'].map((name) =>
          readFile(join(directory, `run/figures/${name}.svg`), 'utf8'),
        ),
      );
      for (const svg of [map, curves]) expect(svg).not.toMatch(/probe/);
      expect(curves).toContain('>all stimuli</text>');
      expect(speed.match(/<g class="panel"/g)).toHaveLength(1);
      expect(speed).toContain('simulation / its standard error; theory is 0');
    });
  });

  it('are about what varies in the input too, with lines of the theory', async () => {
    const text = sweepFile({ points: 1 })
      .replace('input: [', 'input: [{ weight: 0, kind: point, stimulus: [1, 1, 0] }, ')
      .replace(/sweep:[^]*/, 'sweep: { model.input.0.weight: [0, 0.2, 0.4] }\n');
    await inRun(async (directory) => {
      const { code, stderr } = await meander(['show', 'run', '--figure'], directory);
      expect(code, stderr).toBe(0);
      const svg = await readFile(join(directory, 'run/figures/diffusion.svg'), 'utf8');
      expect(svg).toContain('>lines: theory</text>');
      expect(svg).not.toContain('rings');
    }, text);
  });

  it('and the table say, as meander run does, where the leading order is not enough', async () => {
    const text = sweepFile({ points: 1, duration: 20_000 })
      .replace('lag: 20', 'lag: 4')
      .replace(/sweep:[^]*/, 'sweep: { model.learningRate: [0.01, 0.05] }\n');
    await inRun(async (directory) => {
      const run = await meander(['run', 'sweep.yaml'], directory);
      const [, quantity, probes] = /note: (\S+) of probe ([\d, ]+) is more than 30% off/.exec(run.stdout) ?? [];
      expect(probes).toBeDefined();
      const table = await meander(['show', 'run'], directory);
      expect(table.stderr).toContain(
        `note: ${quantity} of point 1 (probe ${probes}) is more than 30% off the leading order in the learning rate: lower it\n`,
      );
      expect((await meander(['show', 'run', '--where', 'point=0'], directory)).stderr).toBe('');
      const name = { F: 'fluctuation', D: 'diffusion', '|h|^2': 'squaredNorm' }[quantity] ?? '';
      const figure = await meander(['show', 'run', '--figure', '--quantity', name], directory);
      expect(figure.code, figure.stderr).toBe(0);
      const svg = await readFile(join(directory, `run/figures/${name}.svg`), 'utf8');
      const caption = [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, line]) => line).join(' ');
      expect(caption).toContain(
        `For ${probes.split(',').length} of 6 points shown the simulation is more than 30% off`,
      );
    }, text);
  });
});

describe('trajectories', () => {
  it('are those of meander run --out, in one chunk for each task', async () => {
    const text = sweepFile({ points: 1, replicas: 6 }).replace('burnIn', 'trajectorySamples: 5, burnIn');
    await inRun(async (directory) => {
      const { code, stderr } = await meander(['collect', 'run', '--trajectories'], directory);
      expect(code, stderr).toBe(0);
      const store = new FileSystemStore(join(directory, 'run/trajectories.zarr'));
      const array = await zarr.open(zarr.root(store).resolve('point-0'), { kind: 'array' });
      expect({ shape: array.shape, chunks: array.chunks }).toEqual({ shape: [6, 5, 3, 3], chunks: [4, 5, 3, 3] });
      expect(array.attrs).toMatchObject({ steps: [0, 140, 300, 440, 600], parameters: { weightDecay: 0.02 } });
      const { data } = await zarr.get(array as zarr.Array<'float64', FileSystemStore>);
      const numbers = data;
      expect(numbers.every(Number.isFinite)).toBe(true);
      // Representations of unit length and less turn; those of different replicas are different.
      expect(numbers.slice(0, 45)).not.toEqual(numbers.slice(45, 90));
      const out = await meander(['run', 'sweep.yaml', '--out', 'out'], directory);
      expect(out.code, out.stderr).toBe(0);
      const name = (await readdir(join(directory, 'out'))).find((file) => file.startsWith('trajectory')) ?? '';
      const npy = await readFile(join(directory, 'out', name));
      const bytes = Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
      expect(npy.subarray(npy.length - bytes.length).equals(bytes)).toBe(true);
    }, text);
  });
});

describe('the template executor', () => {
  const batch = `#!/bin/sh
# A batch system of a few lines: runs an array at once, writes down what still runs.
for i in $(seq $2 $3); do
  ( echo "77[$i]" > running.$i; FAKE_INDEX=$i sh "$1" > log.$i 2>&1; rm running.$i ) &
done
echo "Job <77> is submitted"
`;
  const profile = `executor: template
submit: sh ../batch.sh {script} {first} {last}
jobPattern: 'Job <(\\d+)>'
elementVariable: FAKE_INDEX
firstElement: 1
list: cat running.* 2> /dev/null || true
`;

  it('has the table of a local run, by commands of a site, whatever the name of the directory', async () => {
    await inRun(async (directory) => {
      await writeFile(join(directory, 'batch.sh'), batch);
      const expected = await tableOf(join(directory, 'run'));
      await writeFile(join(directory, 'site.yaml'), profile);
      const out = "it's another";
      const args = ['sweep', 'sweep.yaml', '--out', out, '--profile', 'site.yaml', '--elements', '3'];
      const { code, stderr } = await meander(args, directory);
      expect(code, stderr).toBe(0);
      expect(stderr).toContain('submitted 20 tasks in 3 array tasks as 77');
      for (;;) {
        const status = await statusOf(out, directory);
        expect(status.cluster.problem).toBeNull();
        if (status.tasks.finished === 20) break;
        expect(status.cluster.lost).toBe(0);
        await delay(300);
      }
      expect((await meander(['collect', out], directory)).code).toBe(0);
      expect((await tableOf(join(directory, out))).equals(expected)).toBe(true);
      // Three array tasks shared one shard, and none knew of the others.
      expect(await readdir(join(directory, out, 'records'))).toEqual(['000000.pack']);
      const again = await meander(['resume', out], directory);
      expect(again.stderr).toContain('all tasks are done; meander collect');
    });
  });

  it('knows what it submitted when the batch system refuses the rest, and takes all of it back', async () => {
    await inDirectory({ 'sweep.yaml': sweepFile({ points: 3, duration: 60_000_000 }) }, async (directory) => {
      // Accepts two array tasks; the first one ends at once.
      const submit = `[ $2 = 2 ] && { echo 'the queue is full' >&2; exit 3; }
[ $2 = 1 ] && { setsid sh "$1" $2 > /dev/null 2>&1 & echo $! > pid; }
echo "Job $2"
`;
      const site = `executor: template
submit: sh ../batch.sh {script} {element}
list: 'kill -0 $(cat pid) 2> /dev/null && echo 1 || true'
cancel: 'test {job} = 1 && kill $(cat pid)'
`;
      await writeFile(join(directory, 'batch.sh'), submit);
      await writeFile(join(directory, 'site.yaml'), site);
      const args = ['sweep', 'sweep.yaml', '--out', 'run', '--profile', 'site.yaml', '--elements', '3'];
      const refused = await meander(args, directory);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toMatch(/^sh \.\.\/batch\.sh .* failed with 3: the queue is full; run keeps the run: /);
      expect((await statusOf('run', directory)).cluster).toMatchObject({ active: 1, underWay: 1, lost: 2 });
      const local = await meander(['resume', 'run', '--executor', 'local'], directory);
      expect(local).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('1 array task is queued or running') as string,
      });
      const cancelled = await meander(['cancel', 'run'], directory);
      // The command fails for job 0, which has ended; job 1 is taken back all the same.
      expect(cancelled).toMatchObject({ code: 2, stderr: expect.stringContaining('failed with 1') as string });
      while ((await statusOf('run', directory)).cluster.active > 0) await delay(100);
      expect((await statusOf('run', directory)).cluster.lost).toBe(3);
    });
  });

  it('goes on only when told that nothing runs, where it cannot be asked', async () => {
    await inDirectory({ 'sweep.yaml': sweepFile({ points: 2 }) }, async (directory) => {
      await writeFile(
        join(directory, 'site.yaml'),
        'executor: template\nsubmit: echo 5 {script}\nelementVariable: K\n',
      );
      const submit = ['sweep', 'sweep.yaml', '--out', 'run', '--profile', 'site.yaml', '--elements', '2'];
      const sweep = await meander(submit, directory);
      expect(sweep.code, sweep.stderr).toBe(0);
      for (const executor of ['local', 'template']) {
        const refused = await meander(['resume', 'run', '--executor', executor], directory);
        expect(refused.code).toBe(2);
        expect(refused.stderr).toContain('cannot be asked what of this run waits or runs; give --nothing-runs');
      }
      for (const index of ['7', '-1', 'x']) {
        const none = await meander(['work', 'run', '--submission', '1', '--element', index], directory);
        expect(none.code).toBe(2);
        expect(none.stderr).toMatch(/has no array task (7|-1), expected 0 to 1|expected a whole number/);
      }
      const partial = await meander(['resume', 'run', '--executor', 'local', '--nothing-runs'], directory);
      expect(partial.code, partial.stderr).toBe(0);
    });
  });

  it('is not what SLURM gets: that has the defaults of a user where the site sets nothing', async () => {
    await inDirectory({ 'sweep.yaml': sweepFile({ points: 2 }) }, async (directory) => {
      const command = (name: string, body: string) =>
        writeFile(join(directory, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
      await command('sbatch', 'env > "$(dirname "$0")/seen"; echo 12');
      await command('scontrol', 'exit 1');
      await command('squeue', 'exit 0');
      await command(
        'scancel',
        `case $1 in *-1) echo 'no such job' >&2; exit 1;; *) echo "$1" > "$(dirname "$0")/back";; esac`,
      );
      const env = {
        ...process.env,
        PATH: `${directory}:${process.env.PATH}`,
        SBATCH_PARTITION: 'theirs',
        SBATCH_TIMELIMIT: '1',
        SBATCH_ACCOUNT: 'lab',
        SBATCH_JOB_NAME: 'mine',
      };
      const args = ['--executor', 'slurm', '--partition', 'main', '--time', '0'];
      const { code, stderr } = await meander(['sweep', 'sweep.yaml', '--out', 'run', ...args], directory, env);
      expect(code, stderr).toBe(0);
      const seen = await readFile(join(directory, 'seen'), 'utf8');
      expect(seen).toContain('SBATCH_ACCOUNT=lab');
      expect(seen).not.toMatch(/SBATCH_(PARTITION|TIMELIMIT|JOB_NAME)/);
      // Nothing of it is in the queue, so it is submitted again; taking back the first of the two fails.
      expect((await meander(['resume', 'run'], directory, env)).code).toBe(0);
      const cancelled = await meander(['cancel', 'run'], directory, env);
      expect(cancelled).toMatchObject({ code: 2, stderr: 'scancel failed with 1: no such job\n' });
      expect(await readFile(join(directory, 'back'), 'utf8')).toMatch(/-2\n$/);
    });
  });

  it('that refuses leaves a run that goes on elsewhere, and says how', async () => {
    await inDirectory({ 'sweep.yaml': sweepFile({ points: 2 }) }, async (directory) => {
      for (const name of ['sbatch', 'squeue', 'scontrol']) {
        await writeFile(join(directory, name), '#!/bin/sh\necho "no controller" >&2; exit 1\n', { mode: 0o755 });
      }
      const env = { ...process.env, PATH: `${directory}:${process.env.PATH}` };
      const refused = await meander(['sweep', 'sweep.yaml', '--out', 'run', '--executor', 'slurm'], directory, env);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toMatch(
        /sbatch failed with 1: no controller; run keeps the run: meander resume run submits/,
      );
      const resume = ['resume', 'run', '--executor', 'local'];
      const unknown = await meander(resume, directory, env);
      expect(unknown.code).toBe(2);
      expect(unknown.stderr).toContain(
        'squeue failed with 1: no controller; where nothing of run waits or runs, --nothing-runs',
      );
      const done = await meander([...resume, '--nothing-runs'], directory, env);
      expect(done.code, done.stderr).toBe(0);
      expect(existsSync(join(directory, 'run/results.parquet'))).toBe(true);
    });
  });

  it('and site profiles that cannot be used are refused before anything is made', async () => {
    await inDirectory({ 'sweep.yaml': sweepFile({ points: 2 }) }, async (directory) => {
      for (const [content, message] of [
        ['executor: template', 'site.yaml: submit: is missing'],
        ['executor: template\nsubmit: qsub {script}', 'site.yaml: expected elementVariable'],
        ['partitions: main', 'site.yaml: found partitions, did you mean partition?'],
        ['time: 2h', 'site.yaml: time: found 2h, expected a limit such as 90 (minutes), 12:00:00 or 2-00:00:00'],
        ['[', 'site.yaml: cannot be read as a site profile'],
        [
          'submit: qsub {script}\nelementVariable: K\njobPattern: "("',
          'site.yaml: jobPattern: Invalid regular expression',
        ],
        ['submit: qsub {script}\nelementVariable: K\njobPattern: Job', 'site.yaml: jobPattern: Job has no group'],
        ['submit: qsub {scirpt}\nelementVariable: K', 'site.yaml: submit: found {scirpt}, expected one of {script}, '],
        ['time: "1"', 'site.yaml: time: 1 is not longer than the warning, 90 s'],
        ...['--array=0-5', '--arr=0-5', '-a0-5', '--constraint=avx2 -Jx', '-M all'].map((option) => [
          `options: ["${option}"]`,
          `site.yaml: options: found ${option}, which Meander sets itself`,
        ]),
      ]) {
        await writeFile(join(directory, 'site.yaml'), content);
        const name = /^executor|submit/.test(content) ? 'template' : 'slurm';
        const args = ['sweep', 'sweep.yaml', '--out', 'run', '--executor', name, '--profile', 'site.yaml'];
        const { code, stderr } = await meander(args, directory);
        expect(code).toBe(2);
        expect(stderr).toContain(message);
      }
      const local = await meander(['sweep', 'sweep.yaml', '--out', 'run', '--partition', 'main'], directory);
      expect(local).toMatchObject({ code: 2, stderr: '--partition needs --executor slurm or template\n' });
      expect(await readdir(directory)).toEqual(['site.yaml', 'sweep.yaml']);
      const dry = ['sweep', 'sweep.yaml', '--out', 'run', '--executor', 'slurm', '--time', '30', '--dry-run'];
      const { code, stdout } = await meander(dry, directory);
      expect(code).toBe(0);
      expect(stdout).toMatch(
        /^#!\/bin\/sh\n# 1 of 1, submitted by: sbatch --parsable \S+001.sh\n#SBATCH --job-name=meander-dry-run-1\n/,
      );
      // The two tasks are little work: one array task runs both, unless told otherwise.
      expect(stdout).toContain('#SBATCH --array=0-0\n');
      expect((await meander([...dry, '--elements', '2'], directory)).stdout).toContain('#SBATCH --array=0-1\n');
      expect(await readdir(directory)).toEqual(['site.yaml', 'sweep.yaml']);
    });
  });
});
