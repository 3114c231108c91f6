import { InvalidInputError, type KeyPath } from '#core';

/** Where an experiment comes from: its plain values, and the places of errors in it. */
export interface ExperimentSource {
  /** The plain values. Throws InvalidInputError where there are none. */
  toJS(): unknown;
  /** The same error with the place and the key in front, found by its path. */
  locate(error: InvalidInputError): InvalidInputError;
}

/** An error about a key rather than its value: its position is that of the key. */
export class KeyError extends InvalidInputError {
  override readonly name = 'KeyError';
}

/** An error whose message already begins with its place. */
export class LocatedInputError extends InvalidInputError {
  override readonly name = 'LocatedInputError';

  /** `place` is a name, or file:line:column; none where it is empty. */
  static at(place: string, path: KeyPath, message: string): LocatedInputError {
    const key = path.length === 0 ? '' : `${keyText(path)}${probeText(path)}: `;
    return new LocatedInputError(`${place === '' ? '' : `${place}: `}${key}${message}`);
  }
}

/** A path as messages write it: `model.input[0].weight`. */
export const keyText = (path: KeyPath): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');

/** ` (probe 2)` for the key of one probe, `probes[1]` or `probes.rows[1]`: tables count from 1. */
function probeText([section, ...rest]: KeyPath): string {
  const index = rest.find((part) => typeof part === 'number');
  const isProbe =
    section === 'probes' && index !== undefined && (rest[0] === index || ['rows', 'labels'].includes(String(rest[0])));
  return isProbe ? ` (probe ${index + 1})` : '';
}
