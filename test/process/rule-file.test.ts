// Sweeps of a rule file: whatever is killed, the table is the undisturbed one; and code that another user stored does not run.
import { existsSync } from 'node:fs';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, expect, it } from 'vitest';
import { generator } from '#random';
import { createHash } from 'node:crypto';
import { inDirectory } from '../support/directory.js';
import { begin, meanderOutput, spawnMeander } from '../support/meander.js';
import { ownRuleSweep, tutorialRule } from '../support/own-rule-sweep.js';
import { childrenOf } from '../support/processes.js';
import { until } from '../support/until.js';
import { statusOf, tableOf } from '../support/sweeps.js';

/** A few seconds of one core. */
const LONG = 100_000;
let expected: Buffer;
beforeAll(async () => {
  expected = await inDirectory(ownRuleSweep(LONG), async (directory) => {
    await meanderOutput(['sweep', 'sweep.yaml', '--out', 'run', '--workers', '1'], directory);
    return tableOf(join(directory, 'run'));
  });
});

it('has at most 60 lines', () => {
  expect(tutorialRule).toContain('defineRule');
  expect(tutorialRule.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
});

it('makes the undisturbed table whichever of its processes are killed when, without its files', async () => {
  const random = generator(8, 0, 'start');
  await inDirectory(ownRuleSweep(LONG), async (directory) => {
    const killed = { workers: 0, runs: 0 };
    for (let turn = 0; Math.min(killed.workers, killed.runs) < 3 && turn < 40; turn++) {
      const isBegun = existsSync(join(directory, 'run'));
      if (isBegun)
        await Promise.all(Object.keys(ownRuleSweep(LONG)).map((name) => rm(join(directory, name), { force: true })));
      const args = isBegun ? ['resume', 'run'] : ['sweep', 'sweep.yaml', '--out', 'run'];
      const victim = begin([...args, '--checkpoint', '1', '--workers', '2'], directory);
      // Its first child may be git, which tells its commit: workers come once there is a run directory.
      const isAtWork = () => existsSync(join(directory, 'run')) && childrenOf(victim.pid ?? 0).length > 0;
      await until(() => victim.exitCode !== null || isAtWork());
      await delay(200 + 600 * random.uniform());
      const worker = childrenOf(victim.pid ?? 0).at(0);
      if (worker !== undefined && victim.exitCode === null) {
        process.kill(worker, 'SIGKILL');
        killed.workers++;
      }
      await delay(300 + 500 * random.uniform());
      victim.kill('SIGKILL');
      const { code, signal, stderr } = await victim.ended;
      if (signal === 'SIGKILL') killed.runs++;
      else expect(code, stderr).toBe(0);
      if (code === 0) break;
    }
    expect(killed.workers).toBeGreaterThan(0);
    expect(killed.runs).toBeGreaterThan(0);
    await meanderOutput(['resume', 'run'], directory);
    expect((await tableOf(join(directory, 'run'))).equals(expected)).toBe(true);
    expect((await statusOf(join(directory, 'run'))).tasks).toMatchObject({ total: 8, finished: 8 });
  });
});

it('runs code of a run directory only for who ran it before, or allows it', async () => {
  await inDirectory(ownRuleSweep(400), async (directory) => {
    const stranger = { ...process.env, XDG_STATE_HOME: join(directory, 'state') };
    const as = (env: NodeJS.ProcessEnv, ...args: string[]) => spawnMeander(args, directory, env);
    const whole = await as(process.env, 'run', 'sweep.yaml', '--out', 'whole');
    expect(whole.code, whole.stderr).toBe(0);
    const undone = async (name: string): Promise<void> => {
      await cp(join(directory, 'whole'), join(directory, name), { recursive: true });
      for (const file of ['records', 'report.json', 'results.parquet', 'results.parquet.sha256']) {
        await rm(join(directory, name, file), { recursive: true });
      }
    };
    await undone('mine');
    await undone('theirs');
    for (const command of ['resume', 'collect']) {
      const refused = await as(stranger, command, command === 'resume' ? 'theirs' : 'whole');
      if (command === 'collect') expect(refused.code, refused.stderr).toBe(0);
      else {
        expect(refused.code).toBe(2);
        expect(refused.stderr).toBe(
          'theirs: its learning rule is code, of the rule file whitening.ts, that this user has not run before; read ' +
            'theirs/rule.mjs, and give --allow-rule if it may run\n',
        );
      }
    }
    for (const command of ['show', 'status', 'export']) {
      expect((await as(stranger, command, 'whole')).code, command).toBe(0);
    }
    // Nothing is left to do there, so that no code has to run.
    const finished = await as(stranger, 'resume', 'whole', '--check');
    expect(finished.code, finished.stderr).toBe(0);
    expect(finished.stderr).toContain('8 points are done');
    for (const [env, name, ...allowed] of [
      [process.env, 'mine'],
      [stranger, 'theirs', '--allow-rule'],
    ] as const) {
      const resumed = await as(env, 'resume', name, ...allowed);
      expect(resumed.code, resumed.stderr).toBe(0);
      const report = await readFile(join(directory, name, 'report.json'));
      expect(report.equals(await readFile(join(directory, 'whole/report.json')))).toBe(true);
    }
  });
});

it('never runs code that was put in place of its own', async () => {
  await inDirectory(ownRuleSweep(400), async (directory) => {
    await meanderOutput(['sweep', 'sweep.yaml', '--out', 'run'], directory);
    const run = join(directory, 'run');
    await rm(join(run, 'records'), { recursive: true });
    const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
    const own = await readFile(join(run, 'rule.mjs'), 'utf8');
    const other = `import { writeFileSync } from 'node:fs';\nwriteFileSync('ran', '');\n${own}`;
    await writeFile(join(run, 'rule.mjs'), other);
    // All checksums agree with the other code; the user's signature does not.
    await rm(join(run, 'checksums.sha256'));
    const manifest = join(run, 'manifest.json');
    const text = await readFile(manifest, 'utf8');
    await writeFile(manifest, text.replace(sha256(own), sha256(other)));
    const resumed = await spawnMeander(['resume', 'run'], directory);
    expect(resumed.code).toBe(2);
    expect(resumed.stderr).toContain('that this user has not run before');
    // The same user's own experiment loads its rule, and its workers refuse the other code.
    const again = await spawnMeander(['run', 'sweep.yaml', '--out', 'run'], directory);
    expect(again.code).toBe(2);
    expect(existsSync(join(directory, 'ran'))).toBe(false);
  });
});
