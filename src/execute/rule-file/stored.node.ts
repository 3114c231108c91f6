import { InvalidInputError } from '#core';
import { DamagedFileError, readErrorText, readPlainFile, type Manifest, type RunDirectory } from '#store';
import { join } from 'node:path';
import type { Environment } from '../cluster/command.node.js';
import { isSigned, sign } from '../signature.node.js';
import { codeOf, type RuleCode } from './compile.node.js';
import { importRule, loadedRule, type LoadedRule } from './import.node.js';

/** The code of a rule file in a run directory, and by whom it was stored. */
const CODE = 'rule.mjs';
const SIGNATURE = 'rule.signature';

type RuleRecord = NonNullable<Manifest['rule']>;

export const ruleRecord = ({ file, key, sha256 }: LoadedRule): RuleRecord => ({ file, key, sha256 });

/** What a user signs: that they ran this code, wherever it is stored. */
const signedText = (sha256: string): string => `meander rule ${sha256}`;

/** The files that a run directory keeps of a rule. Without a key of the user there is no signature. */
export async function storedFilesOf(
  rule: RuleCode | undefined,
  env: Environment = process.env,
): Promise<Record<string, string>> {
  if (!rule) return {};
  const signature = await sign(signedText(rule.sha256), env);
  return { [CODE]: rule.code, ...(signature === undefined ? {} : { [SIGNATURE]: `${signature}\n` }) };
}

/** Whose code of a run directory may run. */
export interface RuleTrust {
  /** The user said that the code may run, whoever stored it. */
  readonly allowRule?: boolean | undefined;
  readonly env?: Environment;
}

/**
 * Makes the rule of a run known in this thread, which runs its code, where this user ran that code before or allows it. Throws
 * InvalidInputError otherwise. Does nothing for a rule that comes with the package.
 */
export async function loadRuleOf(
  run: RunDirectory,
  { allowRule = false, env = process.env }: RuleTrust,
): Promise<void> {
  const { rule } = run.manifest;
  if (rule === null || isLoaded(rule)) return;
  if (!allowRule && !(await isOwnRule(run, rule, env))) throw notAllowed(run, rule);
  await loadRuleOfSha256(run, rule.sha256);
}

/** The same for code that is known to be allowed by its SHA-256. */
export async function loadRuleOfSha256(run: RunDirectory, sha256: string): Promise<void> {
  const path = join(run.path, CODE);
  const { rule } = run.manifest;
  if (rule === null) throw new InvalidInputError(`${run.path}: its learning rule comes with Meander, not from a file`);
  let text: string;
  try {
    text = (await readPlainFile(path)).toString();
  } catch (error) {
    throw new DamagedFileError(`${path}: ${readErrorText(error)}; restore it from a copy`);
  }
  const code = codeOf(rule.file, text);
  if (code.sha256 !== sha256 || rule.sha256 !== sha256) {
    throw new DamagedFileError(
      `${path}: is not the code that the run began with (by its SHA-256); restore it from a copy`,
    );
  }
  const { key } = await importRule(code);
  if (key !== rule.key) throw new DamagedFileError(`${path}: is the rule ${key}, the manifest names ${rule.key}`);
}

/**
 * The SHA-256 of the code that workers of a run may run: that of the rule that this thread has loaded; null for a rule that comes with
 * the package. Throws InvalidInputError where the rule of the run is not loaded.
 */
export function allowedSha256(run: RunDirectory): string | null {
  const { rule } = run.manifest;
  if (rule === null) return null;
  if (isLoaded(rule)) return rule.sha256;
  throw notAllowed(run, rule);
}

/** The whole checksum: a directory of somebody else may give other code the key of a rule that is loaded. */
const isLoaded = ({ key, sha256 }: RuleRecord): boolean => loadedRule(key)?.sha256 === sha256;

async function isOwnRule(run: RunDirectory, { sha256 }: RuleRecord, env: Environment): Promise<boolean> {
  const signature = await readPlainFile(join(run.path, SIGNATURE)).catch(() => null);
  return isSigned(signedText(sha256), signature?.toString().trim(), env);
}

const notAllowed = ({ path }: RunDirectory, { file }: RuleRecord): InvalidInputError =>
  new InvalidInputError(
    `${path}: its learning rule is code, of the rule file ${file}, that this user has not run before; read ${join(path, CODE)}, ` +
      'and give --allow-rule if it may run',
  );
