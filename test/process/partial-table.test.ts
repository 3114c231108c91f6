import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inDirectory } from '../support/directory.js';
import { begin, meander, meanderOutput } from '../support/meander.js';
import { recordsIn, sweepFile } from '../support/sweeps.js';
import { until } from '../support/until.js';

/** Does some tasks of the run and is interrupted. */
async function doSome(directory: string): Promise<void> {
  const args = ['resume', 'run', '--executor', 'local', '--nothing-runs', '--workers', '1'];
  const resume = begin(args, directory);
  await until(async () => (await recordsIn(join(directory, 'run'))).length > 1);
  resume.kill('SIGINT');
  expect((await resume.ended).code).toBe(130);
}

it('calls the table of an unfinished sweep partial when it collects, exports and draws it', async () => {
  const files = {
    'sweep.yaml': sweepFile({ points: 20, duration: 600_000 }),
    'site.yaml': 'executor: template\nsubmit: echo 5 {script}\nelementVariable: K\n',
  };
  await inDirectory(files, async (directory) => {
    // A batch system that does nothing leaves a run without records.
    await meanderOutput(['sweep', 'sweep.yaml', '--out', 'run', '--profile', 'site.yaml'], directory);
    const none = await meander(['collect', 'run', '--partial'], directory);
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('0 of 20 points') as string });
    await doSome(directory);
    await meanderOutput(['collect', 'run', '--partial'], directory);
    const { stderr } = await meander(['export', 'run', '--format', 'csv'], directory);
    const points = Number(/partial: (\d+) of 20 points/.exec(stderr)?.[1]);
    expect(points).toBeGreaterThan(0);
    expect(points).toBeLessThan(20);
    expect(await readdir(join(directory, 'run'))).toContain('results-partial.csv');
    await meanderOutput(['show', 'run', '--figure'], directory);
    const map = await readFile(join(directory, 'run/figures/diffusion-partial.svg'), 'utf8');
    expect(map).toContain(`small: ${points} of 20 points, probe 1`);
    // A map with the axes of the whole sweep: late values have labels, and cells without rows are empty.
    for (const label of ['0.18', '0.002']) expect(map).toContain(`>${label}</text>`);
    const cells = map.match(/<rect [^>]*fill="(#|rgb)[^>]*width="[\d.]+" x="[\d.]+" \/>/g);
    expect(cells).toHaveLength(3 * points);
  });
});
