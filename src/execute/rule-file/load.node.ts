import { InvalidInputError } from '#core';
import type { LoadRule } from '#experiment';
import { readErrorText, readPlainFile } from '#store';
import { resolve } from 'node:path';
import { compileRule } from './compile.node.js';
import { importRule } from './import.node.js';

const EXTENSION = /\.(m?ts|m?js)$/;
const MAX_BYTES = 2 ** 22;

/**
 * Loads the rule files that an experiment names, relative to `directory`, and runs their code: only for an experiment that the user
 * named. Throws InvalidInputError, at the key that names the file.
 */
export const ruleFilesIn =
  (directory: string): LoadRule =>
  async (file, path) => {
    if (!EXTENSION.test(file)) {
      throw new InvalidInputError(
        `${file}: found another kind of file, expected a name in .ts, .mts, .js or .mjs`,
        path,
      );
    }
    let text: string;
    try {
      const bytes = await readPlainFile(resolve(directory, file), MAX_BYTES);
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch (error) {
      const reason = error instanceof TypeError ? 'found bytes that are not UTF-8 text' : readErrorText(error);
      throw new InvalidInputError(
        `${file}: ${reason}, expected a rule file, its name relative to the experiment file`,
        path,
      );
    }
    return importRule(await compileRule(file, text));
  };
