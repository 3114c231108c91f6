import type { RunReport } from '#experiment';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inDirectory } from '../support/directory.js';
import { begin } from '../support/meander.js';
import { experiment } from '../support/small-run.js';
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
  it('ends meander run with 130 and the estimate so far, and leaves nothing half-written', async () => {
    const text = experiment().replace('duration: 600', 'duration: 2000000000');
    await inDirectory({ 'small.yaml': text }, async (directory) => {
      const run = begin(['run', 'small.yaml', '--json', '--out', 'out'], directory);
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
      expect(stderr).toContain('interrupted; this is the estimate so far, out was not written');
      expect(stderr).not.toMatch(/^ +at /m);
      expect(await readdir(directory)).toEqual(['small.yaml']);
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
