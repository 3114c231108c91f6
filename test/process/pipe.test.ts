import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { inRun } from '../support/sweeps.js';
import { root } from '../support/meander.js';

describe('a reader that stops early', () => {
  it.each(['show run', 'show run --json', 'export --help', 'theory sweep.yaml --json'])(
    'ends meander %s without a trace',
    async (command) => {
      await inRun((directory) => {
        const script = `node ${root}/dist/cli/main.js ${command} | head -c 9 | wc -c; exit "\${PIPESTATUS[0]}"`;
        const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: directory, encoding: 'utf8' });
        expect({ status, read: stdout.trim(), trace: /Error|EPIPE|^\s+at /m.test(stderr) }).toEqual({
          status: 0,
          read: '9',
          trace: false,
        });
        return Promise.resolve();
      });
    },
  );
});
