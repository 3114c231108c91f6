import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lockLostError } from './run-tasks.node.js';

it('a run that has lost its lock says whether its directory was taken over or is gone', () => {
  const path = mkdtempSync(join(tmpdir(), 'meander-lock-'));
  expect(lockLostError(path).message).toBe(`${path}: another process took it over; this one stopped`);
  rmSync(path, { recursive: true });
  expect(lockLostError(path).message).toBe(
    `${path}: was moved or removed while the run went on; meander resume continues it where it is now`,
  );
});
