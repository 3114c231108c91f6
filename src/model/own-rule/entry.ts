// What `meander-drift/rule` exports: see src/rule.ts.
export { secondMoment } from '../input/moments.js';
export { defineRule } from './own-rule.js';
export { integer, list, matrix, number } from './parameters.js';
export { add, diagonal, fromRows, identity, multiply, scale, symmetricEigen, transpose, zeros } from '#linalg';
