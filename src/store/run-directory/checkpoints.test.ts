import { mkdir, readdir, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makePipe } from '../../../test/support/directory.js';
import { inRun } from '../../../test/support/run-directories.js';

describe('a checkpoint', () => {
  it('is read back, and is null for another task and when it is truncated', async () => {
    await inRun(1, 8, async (run) => {
      run.checkpoints.write(1, { steps: 5 });
      expect(await run.checkpoints.read(1)).toEqual({ steps: 5 });
      expect(await run.checkpoints.read(0)).toBeNull();
      const path = join(run.path, 'checkpoints/1.checkpoint');
      await truncate(path, 90);
      expect(await run.checkpoints.read(1)).toBeNull();
    });
  });

  it('is null where it is no file, which is not in the way of the next one', async () => {
    await inRun(1, 8, async (run) => {
      const path = join(run.path, 'checkpoints/1.checkpoint');
      for (const name of ['', 'x', null]) {
        if (name === null) makePipe(path);
        else await mkdir(join(path, name), { recursive: true });
        expect(await run.checkpoints.read(1)).toBeNull();
        run.checkpoints.write(1, { steps: 5 });
        expect(await run.checkpoints.read(1)).toEqual({ steps: 5 });
        await rm(path);
      }
      await mkdir(path);
      await run.checkpoints.remove(1);
      expect(await readdir(join(run.path, 'checkpoints'))).toEqual([]);
    });
  });
});
