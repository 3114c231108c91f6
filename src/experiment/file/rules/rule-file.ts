import { InvalidInputError, type KeyPath } from '#core';
import type { RuleParameters } from '#model';

/** A rule file that was loaded: its rule is known in this thread. */
export interface RuleFile {
  /** What models name it by: its name, and a part of the SHA-256 of its code. */
  readonly key: string;
  readonly parameters: RuleParameters;
}

/**
 * Loads the rule file of a name and makes its rule known in this thread, which runs its code. Throws InvalidInputError, at the key that
 * names it.
 */
export type LoadRule = (file: string, path: KeyPath) => Promise<RuleFile>;

/** Where rule files run. */
export const RULE_FILES_RUN =
  'a rule file is a program, which runs on the command line only: meander theory FILE, meander run FILE, or meander sweep FILE --out DIR';

/** Rejects every rule file: for experiments that are read where no code of theirs may run. */
export const noRuleFiles: LoadRule = (file, path) =>
  Promise.reject(new InvalidInputError(`${file}: ${RULE_FILES_RUN}`, path));

const PATH: KeyPath = ['model', 'rule'];

/** What the plain values of a file name as its rule file; null where its rule is named by a word, or not at all. */
export function ruleFileIn(raw: unknown): string | null {
  const rule = (raw as { model?: { rule?: unknown } | null } | null)?.model?.rule;
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) return null;
  const { file, ...others } = rule as { file?: unknown };
  const other = Object.keys(others).at(0);
  if (other !== undefined) {
    throw new InvalidInputError(`found the key ${other}, expected {file: my-rule.ts} alone`, PATH);
  }
  if (typeof file === 'string' && file !== '') return file;
  throw new InvalidInputError(
    `${file === undefined ? 'found no file' : `found ${JSON.stringify(file)} as the file`}, expected {file: my-rule.ts}`,
    PATH,
  );
}

/** Throws InvalidInputError where a sweep goes through rule files: a run has the code of one. */
export function assertNoSweptRuleFile(raw: unknown): void {
  const sweep = (raw as { sweep?: Readonly<Record<string, unknown>> | null } | null)?.sweep;
  for (const [key, values] of Object.entries(sweep ?? {})) {
    const isFile = key.startsWith('model.rule.');
    const isObject = key === 'model.rule' && Array.isArray(values) && values.some((value) => typeof value === 'object');
    if (!isFile && !isObject) continue;
    throw new InvalidInputError('a rule file cannot be swept, expected it in model.rule, the same for all points', [
      'sweep',
      key,
    ]);
  }
}
