export { CancelledError, InvalidInputError, TheoryDomainError } from './errors.js';
export type { KeyPath } from './errors.js';
export type { Estimate } from './estimate.js';
export { silent } from './progress.js';
export type { Progress } from './progress.js';
export { nearest } from './suggest.js';
