// What the lab loads where it predicts other rules than two-layer SGD.
export { theoryByDefinition } from './theory/engine-theory.js';
