import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../../test/support/meander.js';

/** The lab as `npm run build` leaves it, with the WebAssembly kernel, in a process of its own. */
export async function serveBuilt(): Promise<{ readonly url: string; readonly close: () => void }> {
  process.env.MEANDER_KERNEL = 'wasm';
  const server = spawn(process.execPath, [join(root, 'dist/cli/main.js'), 'serve', '--port', '0']);
  const [line] = (await once(server.stdout, 'data')) as [Buffer];
  return {
    url: /http:\S+/.exec(line.toString())?.[0] ?? '',
    close: () => {
      server.kill('SIGINT');
    },
  };
}
