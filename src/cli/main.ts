#!/usr/bin/env node
import { main, WRONG_INPUT } from './program.js';

/** A reader may stop early (`meander … | head`): that ends the process, and is no error. A full disk is one. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    if (stream === process.stdout) process.stderr.write(`standard output cannot be written: ${error.message}\n`);
    process.exit(WRONG_INPUT);
  });
}

const { stdout, stderr, env } = process;
process.exitCode = await main(process.argv.slice(2), { stdout, stderr, env, signals: process });
