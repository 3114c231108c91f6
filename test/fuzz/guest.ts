// A process that runs commands one after the other for the process that started it, which may end it at any time.
import { EventEmitter } from 'node:events';
import { Writable } from 'node:stream';
import { main } from '../../src/cli/program.js';
import type { Asked, Outcome } from './host.js';

class Collector extends Writable {
  readonly #chunks: Buffer[] = [];

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString();
  }
}

async function run({ args, directory }: Asked): Promise<Outcome> {
  process.chdir(directory);
  const [stdout, stderr] = [new Collector(), new Collector()];
  const onWarning = (warning: Error): void => void stderr.write(`${warning.name}: ${warning.message}\n`);
  process.on('warning', onWarning);
  const begun = performance.now();
  let code: number | null = null;
  let thrown: string | null = null;
  try {
    code = await main(args, { stdout, stderr, env: process.env, signals: new EventEmitter() });
  } catch (error) {
    thrown = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  // Warnings of Node arrive a little later.
  await new Promise(setImmediate);
  process.off('warning', onWarning);
  const seconds = (performance.now() - begun) / 1000;
  return { code, thrown, stdout: stdout.text, stderr: stderr.text, seconds, bytes: process.memoryUsage().rss };
}

process.on('message', (asked: Asked) => {
  void run(asked).then((outcome) => process.send?.(outcome));
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
