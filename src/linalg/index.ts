export { BroydenSteps } from './broyden.js';
export { completeColumns } from './complete-columns.js';
export * from './decompose.js';
export * from './exponential.js';
export { firstPassage, passageDelays, type PassageChange } from './first-passage.js';
export {
  addProductTransposed,
  addUpperGram,
  crossProduct,
  productInto,
  productTransposed,
  vectorProductInto,
} from './in-place-products.js';
export { LinearFlow } from './linear-flow.js';
export * from './matrix.js';
export { polarFactor, PolarIteration } from './polar.js';
export { logOrthogonal, logRotation } from './rotation-logarithm.js';
export { SmallRotationLogarithm } from './small-rotation.js';
export { SparseMatrix } from './sparse.js';
export type { ArrayAlgebra, ScalarFunction } from './algebra/array-algebra.js';
export type { ElementaryFunction } from './algebra/elementary-functions.js';
export { plainAlgebra } from './algebra/plain-algebra.js';
export { operandsOf, type Operation, type ProgramArray } from './algebra/operation.js';
export { programInput, recordProgram, type Program, type RecordedAlgebra } from './algebra/program.js';
export { singular, unsolvable } from './algebra/run-operation.js';
export { shapeAlgebra, type Shape } from './algebra/shape-algebra.js';
export { taylorAlgebra, taylorAlgebraOver, type Taylor } from './algebra/taylor-algebra.js';
export { lyapunovSolver } from './lyapunov.js';
export { EXPM1_TERMS, LN2_HIGH, LN2_LOW, ROUNDER, TANH_LIMIT, TWO_OVER_LN2 } from './algebra/tanh.js';
export { addWideProduct, PRODUCT_DEPTH, transposeColumns, wideProduct } from './large/wide-products.js';
export { largeSymmetricEigen, type SymmetricEigen } from './large/symmetric-eigen.js';
