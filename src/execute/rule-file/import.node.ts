import { isKnownRule, readRule, registerOwnRule, ruleEntry, ruleError, thrownBy, type RuleParameters } from '#model';
import type { RuleCode } from './compile.node.js';
import { redirectImports } from './imports.node.js';

/** A module with the exports of the entry that rule files import, of this thread: wherever the file is, it finds the package. */
const ENTRY = Symbol.for('meander-drift/rule');
const entry = dataUrl(
  `export const { ${Object.keys(ruleEntry).join(', ')} } = globalThis[Symbol.for('${ENTRY.description ?? ''}')];`,
);

/** Loading a file that takes longer than this has no end. */
const TIMEOUT_MS = 10_000;

/** A rule whose code was run in this thread. */
export interface LoadedRule extends RuleCode {
  readonly key: string;
  readonly parameters: RuleParameters;
}

const loaded = new Map<string, LoadedRule>();

/** The rule of a model in this thread, by its key; undefined for one that comes with the package. */
export const loadedRule = (key: string | undefined): LoadedRule | undefined =>
  key === undefined ? undefined : loaded.get(key);

/**
 * Runs the code of a rule file and makes its rule known in this thread: whoever calls this has the user's consent. Throws InvalidInputError
 * where it cannot be run, or exports no rule.
 */
export async function importRule(compiled: RuleCode): Promise<LoadedRule> {
  const { file, code, sha256 } = compiled;
  const rule = readRule(await defaultExportOf(compiled), file);
  const key = `${rule.name}@${sha256.slice(0, 16)}`;
  const known = loaded.get(key);
  if (known && isKnownRule(key)) return known;
  registerOwnRule(key, rule, file);
  const made: LoadedRule = { file, code, sha256, key, parameters: rule.parameters ?? {} };
  loaded.set(key, made);
  return made;
}

async function defaultExportOf({ file, code }: RuleCode): Promise<unknown> {
  // The name of the source is what stacks show, with the lines of the file.
  const source = `${await redirectImports(file, code, entry)}\n//# sourceURL=${encodeURI(file)}`;
  Object.assign(globalThis, { [ENTRY]: ruleEntry });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        ruleError(file, `did not finish loading within ${TIMEOUT_MS / 1000} s, expected no work at its top level`),
      );
    }, TIMEOUT_MS);
  });
  try {
    const module = (await Promise.race([import(dataUrl(source)), late])) as { readonly default?: unknown };
    return module.default;
  } catch (error) {
    throw importError(file, error);
  } finally {
    clearTimeout(timer);
  }
}

function dataUrl(code: string): string {
  return `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
}

function importError(file: string, error: unknown): Error {
  if (!(error instanceof Error)) return ruleError(file, `threw ${String(error)}`);
  if (error.name === 'InvalidInputError') return error;
  const isCommonJs = /\b(module|exports|require) is not defined/.test(error.message);
  return isCommonJs
    ? ruleError(file, `is a CommonJS module, expected an ES module: export default defineRule({ … })`)
    : thrownBy(file, 'the file', error);
}
