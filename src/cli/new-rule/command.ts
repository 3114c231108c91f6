import { InvalidInputError, shellPath } from '#core';
import { writeError } from '#store';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { note, type Io } from '../io.js';
import { experimentTemplate, ruleTemplate } from './template.js';

interface NewInput {
  readonly what: string;
  readonly file?: string;
}

/** `meander new rule`: writes a rule file and an experiment beside it, which work as they are. Nothing is overwritten. */
export async function newCommand({ what, file = 'my-rule.ts' }: NewInput, io: Io): Promise<void> {
  if (what !== 'rule') throw new InvalidInputError(`found ${what}, expected rule: meander new rule my-rule.ts`);
  if (!/[^/]\.(m?ts|m?js)$/.test(file)) {
    throw new InvalidInputError(`${file}: expected a name in .ts, .mts, .js or .mjs`);
  }
  const experiment = file.replace(/\.\w+$/, '.yaml');
  for (const path of [file, experiment]) {
    if (existsSync(path))
      throw new InvalidInputError(`${path}: already exists and is not overwritten; name another file`);
  }
  for (const [path, text] of [
    [file, ruleTemplate],
    [experiment, experimentTemplate(basename(file))],
  ]) {
    try {
      await writeFile(path, text, { flag: 'wx' });
    } catch (error) {
      throw writeError(path, error);
    }
  }
  note(
    io,
    `a rule in ${file}, an experiment with it in ${experiment}: meander theory ${shellPath(experiment)} predicts its drift`,
  );
}
