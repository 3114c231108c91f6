import { InvalidArgumentError, type Command } from 'commander';
import { collectCommand } from './collect.js';
import { exportCommand } from './export.js';
import { drawnQuantities } from './figure.js';
import { showCommand } from './show.js';
import { addSiteOptions } from './site.js';
import { cancelCommand, resumeCommand, sweepCommand, type ResumeOptions, type SweepOptions } from './sweep.js';
import { statusCommand } from './status.js';
import { workCommand } from './work.js';

/** The commands about run directories: sweep, resume, status, collect, cancel, export, show. */
export function addSweepCommands(program: Command): void {
  const sweep = program
    .command('sweep')
    .description('run every point of an experiment in a run directory that survives whatever ends its processes')
    .argument('<file>', 'experiment file (YAML or JSON)')
    .requiredOption('--out <dir>', 'the run directory, new or empty')
    .option('--executor <name>', 'local (default), slurm, or template: any batch system by a site profile')
    .option('--workers <count>', 'local: worker processes (default: all cores; results do not depend on it)')
    .option('--checkpoint <seconds>', 'local: most seconds of work that a killed task loses, 1 to 30 (20)', seconds)
    .option('--task-replicas <count>', 'replicas of one task (results do not depend on it)', count)
    .option('--quick', 'a quick look: three times the target error, a ninth of the time')
    .option('--dry-run', 'print the job script and make nothing');
  addSiteOptions(sweep, count).action((file: string, options: SweepOptions) => sweepCommand(file, options));
  const resume = program
    .command('resume')
    .description('go on with a run directory where it stopped; on a cluster: submit what was lost')
    .argument('<dir>', 'run directory')
    .option('--executor <name>', 'local, slurm or template (default: as before)')
    .option('--check', 'read every record first; set aside what is damaged and compute it again')
    .option('--nothing-runs', 'nothing of it waits or runs on a cluster (where the batch system cannot be asked)')
    .option('--workers <count>', 'local: worker processes (default: all cores; results do not depend on it)')
    .option('--checkpoint <seconds>', 'local: most seconds of work that a killed task loses, 1 to 30 (20)', seconds);
  addSiteOptions(resume, count).action((directory: string, options: ResumeOptions) =>
    resumeCommand(directory, options),
  );
  program
    .command('status')
    .description('how far a run directory has come')
    .argument('<dir>', 'run directory')
    .option('--json', 'one JSON document on standard output')
    .action(statusCommand);
  program
    .command('cancel')
    .description('take back what waits or runs on the cluster; what was done is kept')
    .argument('<dir>', 'run directory')
    .action(cancelCommand);
  program
    .command('work', { hidden: true })
    .argument('<dir>')
    .requiredOption('--submission <number>', '', count)
    .requiredOption('--element <number>', '', index)
    .action(workCommand);
  program
    .command('collect')
    .description('check all records of a run directory and make the table of results')
    .argument('<dir>', 'run directory')
    .option('--trajectories', 'also write the kept representations over time into trajectories.zarr')
    .option('--partial', 'make results-partial.parquet of the points that are finished')
    .action(collectCommand);
  program
    .command('export')
    .description('the table of results in another format')
    .argument('<dir>', 'run directory')
    .requiredOption('--format <name>', 'npz, csv or parquet')
    .option('--to <file>', 'a new file (default: results.npz or results.csv in the directory)')
    .action(exportCommand);
  program
    .command('show')
    .description('the table of results in the terminal, or a figure of it')
    .argument('<dir>', 'run directory')
    .option('--where <condition...>', 'only rows such as learningRate<0.01 probe=2')
    .option('--sort <column>', 'order of the rows; -COLUMN for the largest first')
    .option('--columns <list>', 'columns to show, separated by commas')
    .option('--limit <count>', 'rows to show (50)', count)
    .option('--json', 'the rows as JSON on standard output')
    .option('--figure', 'draw theory beside simulation over one or two swept parameters into DIR/figures')
    .option('--quantity <name>', `with --figure: ${drawnQuantities.join(', ')} (diffusion)`)
    .option('--probe <number>', 'with --figure: one probe (of two parameters: 1)', count)
    .action(showCommand);
}

function seconds(text: string): number {
  const value = Number(text);
  if (value >= 1 && value <= 30) return value;
  throw new InvalidArgumentError('expected seconds from 1 to 30');
}

function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new InvalidArgumentError('expected a whole number of at least 1');
}

function index(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && text.trim() !== '') return value;
  throw new InvalidArgumentError('expected a whole number');
}
