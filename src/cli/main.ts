#!/usr/bin/env node
import { CancelledError, InvalidInputError } from '#core';
import { Command, CommanderError } from 'commander';
import { benchCommand } from './bench/command.js';
import { theoryBenchCommand } from './bench/theory.js';
import { reproduceCommand } from './reproduce/command.js';
import { INTERRUPTED, runCommand, type RunCommandOptions } from './run.js';
import { addSweepCommands } from './sweep/commands.js';
import { theoryCommand } from './theory.js';
import { serveCommand } from './serve/command.js';
import { version } from './version.js';

/** Exit codes: 0 done, 1 a check failed (or a defect of ours), 2 the input was wrong, 130 interrupted. */
const WRONG_INPUT = 2;

/** Whoever reads our output may stop early (`meander … | head`): that ends us, and is no error. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

const program = new Command('meander')
  .description('A laboratory for representational drift: simulate, predict, compare.')
  .version(version)
  .exitOverride()
  .showHelpAfterError('(meander --help tells what there is)');

program
  .command('theory')
  .description('predict fluctuation, diffusion, directed drift and time courses of each probe stimulus')
  .argument('<file>', 'experiment file (YAML or JSON)')
  .option('--json', 'one JSON document on standard output, with time courses')
  .option(
    '--times <list>',
    'steps at which to predict the courses, such as 1e6,1e7,1e8 (default: to the loss of correlation)',
  )
  .option('--order <order>', 'leading (default), or next: with the next order of the learning rate, for small problems')
  .action(theoryCommand);

program
  .command('run')
  .description('simulate, predict, and compare the two with standard errors')
  .argument('<file>', 'experiment file (YAML or JSON)')
  .option('--out <dir>', 'write report.json, probes.csv and experiment file into a new directory')
  .option('--json', 'one JSON document on standard output, everything else on standard error')
  .option('--quick', 'a quick look: three times the target error, a ninth of the time')
  .option('--workers <count>', 'worker threads (default: all cores; results do not depend on it)')
  .option('--order <order>', 'leading (default), or next: also compare with the next order of the learning rate')
  .option('--timing', 'fill in the wall time of each point (makes equal runs differ in that number)')
  .option('--weights', 'with --out: the final weights of all replicas as .npy, lifted to all hidden units')
  .action((file: string, options: RunCommandOptions) => runCommand(file, options));

program
  .command('reproduce')
  .description(
    'test every claim of the paper, and ours, by theory and simulation: figures, numbers and a verdict for each',
  )
  .option('--quick', 'minutes (default): errors of one or two percent')
  .option('--full', 'publication quality: a third of the errors, nine times as long; goes on where it was interrupted')
  .option('--out <dir>', 'directory for report.html, report.json, figures and tables', 'reproduction')
  .option('--claims <list>', 'some claims only, such as 1,3a,4')
  .option('--seed <number>', 'fixes every random number', '1')
  .option('--workers <count>', 'worker processes (default: all cores; results do not depend on it)')
  .action(reproduceCommand);

addSweepCommands(program);

program
  .command('serve')
  .description('the lab in the browser: simulate live beside the theory; with a directory, also open its runs')
  .argument('[dir]', 'directory of runs written by run --out, sweep or reproduce')
  .option('--port <number>', 'port to listen on; 0: any', '8642')
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .action(serveCommand);

const bench = program
  .command('bench')
  .description('steps per second against the peers installed here (C, Numba, NumPy), and the time to a 1% error of D')
  .option('--json', 'one JSON document on standard output')
  .option('--rounds <count>', 'turns that every contender takes', '7')
  .option('--seconds <time>', 'seconds of one turn', '0.25')
  .action(benchCommand);

bench
  .command('theory')
  .description('seconds, memory and agreement of the ways to compute the theory, each case in its own process')
  .option('--json', 'one JSON document on standard output')
  .option('--case <name>', 'one case, in this process, as JSON')
  // A --json before the subcommand belongs to the parent.
  .action((_, command: Command) => theoryBenchCommand(command.optsWithGlobals()));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : WRONG_INPUT;
  } else if (error instanceof InvalidInputError) {
    console.error(error.message);
    process.exitCode = WRONG_INPUT;
  } else if (error instanceof CancelledError) {
    console.error(error.message);
    process.exitCode = INTERRUPTED;
  } else {
    throw error;
  }
}
