export { CancelledError, InvalidInputError, TheoryDomainError } from './errors.js';
export type { KeyPath } from './errors.js';
export type { Estimate } from './estimate.js';
export { silent } from './progress.js';
export type { Progress } from './progress.js';
export { shellPath, shellWord } from './shell-word.js';
export { nearest } from './suggest.js';
export {
  DIGITS,
  formatCount,
  formatCounted,
  formatEstimate,
  formatExact,
  formatLike,
  formatNumber,
  formatSteps,
  MISSING,
  powerOfTen,
} from './format.js';
export { columnNames, errorColumnOf } from './columns.js';
export type { QuantityColumns } from './columns.js';
export type { NumberStyle } from './format.js';
export { npyHeader, parseNpy, readNpy, readNpyColumn } from './npy/read.js';
export type { NpyArray, NpyNumbers } from './npy/read.js';
export { decodeNumbers, isNumberType, sizeOf } from './numbers.js';
export type { NumberType } from './numbers.js';
export { npyColumn } from './npy/column.js';
export { npyBytes } from './npy/write.js';
export { PIXELS_PER_MM } from './pixels.js';
export { MAX_SERVED_ROWS } from './served-runs.js';
export type { ServedData, ServedRun, ServedRuns, ServedSweep } from './served-runs.js';
