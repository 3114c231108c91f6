export * from './matrix.js';
export * from './decompose.js';
export * from './rotation.js';
