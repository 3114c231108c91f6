import { InvalidInputError } from '#core';

/** An error about a rule file: at the key that names it. */
export const ruleError = (file: string, message: string): InvalidInputError =>
  new InvalidInputError(`${file}: ${message}`, ['model', 'rule']);

/**
 * What a member of a rule throws, as an error about its file with the line where the stack names it. Errors that are messages to users
 * already stay as they are.
 */
export function thrownBy(file: string, member: string, error: unknown): InvalidInputError {
  if (error instanceof InvalidInputError) return error;
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return ruleError(`${file}${positionIn(file, error)}`, `${member} threw ${text}${hintFor(error)}`);
}

function hintFor(error: unknown): string {
  if (error instanceof TypeError) {
    return '; states, samples and rotations are no plain numbers: use the operations of the algebra alone';
  }
  const isRequire = error instanceof ReferenceError && error.message.startsWith('require ');
  return isRequire ? '; a rule file imports from meander-drift/rule alone' : '';
}

/** `:line:column` of the innermost call of the file's code. */
function positionIn(file: string, error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  for (const line of stack.split('\n')) {
    const found = /:(\d+):(\d+)\)?$/.exec(line);
    if (found && line.includes(`${encodeURI(file)}:`)) return `:${found[1]}:${found[2]}`;
  }
  return '';
}

/** A value in a message. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'function') return 'a function';
  if (value instanceof Promise) return 'a promise';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') {
    const keys = Object.keys(value);
    return keys.length === 0 ? 'an empty object' : `an object with ${keys.slice(0, 6).join(', ')}`;
  }
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 40))}`;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeof value;
}
