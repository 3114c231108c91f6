import { InvalidInputError } from '#core';
import { plainData } from './plain-data.js';
import { LocatedInputError, type ExperimentSource } from './source.js';

/**
 * An experiment as a plain object, whose errors have the path of their key for a place. Throws InvalidInputError for what no
 * experiment file could hold.
 */
export function plainSource(name: string, content: object): ExperimentSource {
  const locate = (error: InvalidInputError): InvalidInputError =>
    error instanceof LocatedInputError ? error : LocatedInputError.at(name, error.path, error.message);
  try {
    const values = plainData(content);
    return { toJS: () => values, locate };
  } catch (error) {
    throw error instanceof InvalidInputError ? locate(error) : error;
  }
}
