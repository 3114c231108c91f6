import type { ElementaryFunction } from './elementary-functions.js';
import type { Shape } from './shape-algebra.js';

/** An array of a program: its numbers are those of the latest run. */
export interface ProgramArray extends Shape {
  data: Float64Array;
}

/** One operation of a program: sets the numbers of `out` from those of other arrays. */
export type Operation = { readonly out: ProgramArray } & (
  | {
      readonly kind: 'multiply' | 'solve' | 'add' | 'subtract' | 'hadamard';
      readonly a: ProgramArray;
      readonly b: ProgramArray;
    }
  | { readonly kind: 'transpose' | 'inverse' | 'lowerTriangle' | 'runningSums'; readonly a: ProgramArray }
  | { readonly kind: 'scale'; readonly a: ProgramArray; readonly factor: number }
  | { readonly kind: 'elementary'; readonly a: ProgramArray; readonly name: ElementaryFunction }
  | { readonly kind: 'map'; readonly a: ProgramArray; readonly value: (x: number) => number }
);

export const operandsOf = (operation: Operation): readonly ProgramArray[] =>
  'b' in operation ? [operation.a, operation.b] : [operation.a];
