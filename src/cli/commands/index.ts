import type { CliCommand } from '../command.js';
import { analyse } from './analyse.js';
import { cancel } from './cancel.js';
import { newFile } from './new.js';
import { reproduce } from './reproduce.js';
import { resume } from './resume.js';
import { run } from './run.js';
import { serve } from './serve.js';
import { show } from './show.js';
import { bench, benchRules, benchTheory, native } from './speed.js';
import { status } from './status.js';
import { sweep } from './sweep.js';
import { collect, exportTable } from './table.js';
import { theory } from './theory.js';
import { work } from './work.js';

/** Every command, in the order of the help; one that is below another comes after it. */
export const commands: readonly CliCommand[] = [
  theory,
  run,
  reproduce,
  sweep,
  resume,
  status,
  cancel,
  work,
  collect,
  exportTable,
  show,
  analyse,
  serve,
  newFile,
  native,
  bench,
  benchRules,
  benchTheory,
];
