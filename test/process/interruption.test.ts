import type { RunReport } from '#experiment';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inDirectory } from '../support/directory.js';
import { begin, meander, meanderJson, meanderOutput } from '../support/meander.js';
import { experiment } from '../support/small-run.js';
import { statusOf } from '../support/sweeps.js';
import { until } from '../support/until.js';

describe('a reader that stops early', () => {
  it.each([['theory', 'small.yaml', '--json'], ['run', 'small.yaml'], ['--help']])(
    'ends meander %s quietly with 0',
    async (...args) => {
      await inDirectory({ 'small.yaml': experiment() }, async (directory) => {
        const child = begin(args, directory);
        child.stdout.destroy();
        const { code, stderr } = await child.ended;
        expect(code).toBe(0);
        expect(stderr).not.toMatch(/EPIPE|^ +at /m);
      });
    },
  );
});

describe('Ctrl-C', () => {
  it('ends meander run with 130 and the estimate so far', async () => {
    const text = experiment().replace('duration: 600', 'duration: 2000000000');
    await inDirectory({ 'small.yaml': text }, async (directory) => {
      const run = begin(['run', 'small.yaml', '--json'], directory);
      // Not before the progress display shows that replicas are under way.
      await until(() => /[1-9]\S* M steps/.test(run.written().stderr));
      await delay(500);
      run.kill('SIGINT');
      const { code, stdout, stderr } = await run.ended;
      expect(code).toBe(130);
      const report = JSON.parse(stdout) as RunReport;
      expect(report.complete).toBe(false);
      const [{ replicas, steps, plan, probes }] = report.points;
      expect(replicas).toBeGreaterThan(1);
      expect(steps).toBeLessThan(plan.replicas * (plan.burnIn + plan.duration));
      for (const { diffusion, simulation } of probes) {
        const { value, se } = simulation.diffusion;
        expect(Math.abs(value - diffusion)).toBeLessThan(0.2 * diffusion + 5 * se);
      }
      expect(stderr).toContain('interrupted; this is the estimate so far');
      expect(stderr).not.toMatch(/^ +at /m);
      expect(await readdir(directory)).toEqual(['small.yaml']);
    });
  });

  it('keeps what meander run has done, and the same command or resume goes on to the same numbers', async () => {
    const text = experiment().replace('duration: 600', 'duration: 40000000');
    await inDirectory({ 'small.yaml': text }, async (directory) => {
      const whole = await meanderJson<RunReport>(['run', 'small.yaml'], directory);
      const interrupted = async (): Promise<void> => {
        const run = begin(['run', 'small.yaml', '--json', '--out', 'out'], directory);
        await until(() => existsSync(join(directory, 'out/lock')));
        await delay(400);
        run.kill('SIGINT');
        const { code, stdout, stderr } = await run.ended;
        expect({ code, length: stdout.length }).toEqual({ code: 130, length: 0 });
        expect(stderr).toContain('interrupted; out keeps the finished work, and the same command continues it');
      };
      await interrupted();
      expect((await statusOf('out', directory)).tasks.halfDone).toBeGreaterThan(0);
      await interrupted();
      await meanderOutput(['resume', 'out'], directory);
      expect(JSON.parse(await readFile(join(directory, 'out/report.json'), 'utf8'))).toEqual(whole);
      expect(await meanderJson<object[]>(['show', 'out', '--json'], directory)).toHaveLength(3);
      expect(await meanderJson(['run', 'small.yaml', '--json', '--out', 'out'], directory)).toEqual(whole);
      expect(JSON.parse(await readFile(join(directory, 'out/report.json'), 'utf8'))).toEqual(whole);
      await writeFile(join(directory, 'small.yaml'), text.replace('40000000', '600'));
      const other = await meander(['run', 'small.yaml', '--out', 'out'], directory);
      expect(other.code).toBe(2);
      expect(other.stderr).toMatch(
        /^out: holds another run: simulation.duration is 40000000 there and 600 here; nothing was changed/,
      );
    });
  });

  it('ends a run at once while its times are found: by the theory of a large data set, or by a pilot run', async () => {
    const numbers = (count: number, k: number): string =>
      Array.from({ length: count }, (_, i) => Math.sin(1 + 1.7 * k * (i + 1) + k * k).toFixed(3)).join(',');
    const table = Array.from({ length: 2500 }, (_, k) => numbers(100, k)).join('\n');
    const common = 'learningRate: 0.0001, weightDecay: 0.001';
    const files = {
      'data.csv': table,
      'theory.yaml': `model: { hiddenUnits: 100, ${common}, input: [{ kind: dataset, file: data.csv }] }\n`,
      'pilot.yaml':
        `model: { hiddenUnits: 100, ${common}, activation: relu, input: [{ kind: dataset, file: data.csv }] }\n` +
        'simulation: { start: { random: 0.1 } }\n',
    };
    await inDirectory(files, async (directory) => {
      const interrupted = async (file: string, told: RegExp): Promise<void> => {
        const run = begin(['run', file], directory);
        await until(() => told.test(run.written().stderr));
        run.kill('SIGINT');
        const began = performance.now();
        const { signal, stdout } = await run.ended;
        expect({ signal, stdout }).toEqual({ signal: 'SIGINT', stdout: '' });
        expect(performance.now() - began).toBeLessThan(5000);
      };
      await Promise.all([
        interrupted('theory.yaml', /the theory takes about .*; Ctrl-C ends it\n(.*\n)*.*% done, about/),
        interrupted('pilot.yaml', /pilot run: \S+ replica-steps so far/),
      ]);
    });
  });

  it('ends meander serve with 0', async () => {
    const serve = begin(['serve', '--port', '0']);
    await once(serve.stdout, 'data');
    serve.kill('SIGINT');
    const { code, stdout, stderr } = await serve.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^the lab is at http:\/\/127\.0\.0\.1:\d+\/ /);
  });
});
