import { ruleError } from '#model';

/** The only module that a rule file may import. */
const ENTRY_NAME = 'meander-drift/rule';

/**
 * The code of a rule file with another specifier in place of its imports of `meander-drift/rule`. Throws InvalidInputError with line and
 * column for any other import: of a file, a package or a module of Node, static or not.
 */
export async function redirectImports(file: string, code: string, entry: string): Promise<string> {
  // Loaded here only: few experiments name a rule file.
  const { init, parse } = await import('es-module-lexer');
  await init;
  let imports: ReturnType<typeof parse>[0];
  try {
    [imports] = parse(code, file);
  } catch {
    // The engine says what is wrong with it.
    return code;
  }
  let result = '';
  let from = 0;
  for (const { n: name, s: start, e: end, d: dynamic } of imports) {
    const isMeta = dynamic === -2;
    if (isMeta) continue;
    if (dynamic >= 0 || name !== ENTRY_NAME) throw importRefused(file, code, { name, start, isDynamic: dynamic >= 0 });
    result += code.slice(from, start) + entry;
    from = end;
  }
  return result + code.slice(from);
}

interface Refused {
  readonly name: string | undefined;
  /** Place of the specifier in the code. */
  readonly start: number;
  readonly isDynamic: boolean;
}

function importRefused(file: string, code: string, { name, start, isDynamic }: Refused): Error {
  const before = code.slice(0, start).split('\n');
  const column = (before.at(-1) ?? '').length + (isDynamic ? 1 : 0);
  const what = name === undefined ? 'what it computes' : JSON.stringify(name);
  return ruleError(
    `${file}:${before.length}:${column}`,
    `imports ${what}${isDynamic ? ' by import()' : ''}, expected a file that is complete: it imports from ${ENTRY_NAME} alone`,
  );
}
