import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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
});
