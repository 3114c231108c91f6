import { ruleError } from '#model';
import { createHash } from 'node:crypto';

/** The code of a rule file without types: what runs, and what a run directory keeps. */
export interface RuleCode {
  /** Name of the file as the experiment gives it, for messages. */
  readonly file: string;
  /** An ES module; its only import is that of the package. */
  readonly code: string;
  readonly sha256: string;
}

export const codeOf = (file: string, code: string): RuleCode => ({
  file,
  code,
  sha256: createHash('sha256').update(code).digest('hex'),
});

/** What the compiler throws: a plain object. */
interface SyntaxFault {
  readonly message: string;
  readonly startLine?: number;
  readonly startColumn?: number;
}

/**
 * Takes the types out of a rule file; lines and columns stay as they are. JavaScript passes through. Throws InvalidInputError with
 * line and column for what is neither.
 */
export async function compileRule(file: string, text: string): Promise<RuleCode> {
  // Loaded here only: few experiments name a rule file.
  const { transformSync } = await import('@swc/wasm-typescript');
  try {
    return codeOf(file, transformSync(text, { mode: 'strip-only', filename: file, sourceMap: false }).code);
  } catch (error) {
    const { message, startLine, startColumn } = error as SyntaxFault;
    const place = startLine === undefined || startColumn === undefined ? '' : `:${startLine}:${startColumn + 1}`;
    throw ruleError(`${file}${place}`, `not valid TypeScript or JavaScript: ${message.split('\n')[0]}`);
  }
}
