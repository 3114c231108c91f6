export * from './matrix.js';
export * from './decompose.js';
export * from './rotation.js';
export { PolarIteration, productInto, productTransposed, SmallRotationLogarithm, transposedProduct } from './small.js';
