export * from './matrix.js';
export * from './decompose.js';
export * from './exponential.js';
export * from './rotation.js';
export {
  addProductTransposed,
  addUpperGram,
  crossProduct,
  PolarIteration,
  productInto,
  productTransposed,
  SmallRotationLogarithm,
} from './small.js';
export { SparseMatrix } from './sparse.js';
