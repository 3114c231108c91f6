/** A key path inside an experiment file, e.g. `['model', 'input', 0, 'weight']`. */
export type KeyPath = readonly (string | number)[];

/**
 * The input was wrong: one sentence that says what was found and what would be accepted.
 *
 * `path` names the key of the experiment file at fault; whoever holds the file turns it into file:line:column.
 * The command line ends with exit code 2 on this class.
 */
export class InvalidInputError extends Error {
  override readonly name: string = 'InvalidInputError';
  constructor(
    message: string,
    readonly path: KeyPath = [],
  ) {
    super(message);
  }
}

/**
 * The theory makes no prediction for these parameters (gamma = 0, nothing represented, degenerate cut, step size beyond
 * stability). The message names the offending number; `path` the parameter to change.
 */
export class TheoryDomainError extends InvalidInputError {
  override readonly name: string = 'TheoryDomainError';
}

/** The work was interrupted on request; unless the message says otherwise, nothing has been written. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
  constructor(message = 'interrupted; nothing was written') {
    super(message);
  }
}
