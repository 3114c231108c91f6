import { EXPM1_TERMS, LN2_HIGH, LN2_LOW, ROUNDER, TANH_LIMIT, TWO_OVER_LN2, type ElementaryFunction } from '#linalg';
import type { Context } from './context.js';

/** About how many operations they are. */
export const elementaryCost: Readonly<Record<ElementaryFunction, number>> = { relu: 1, positive: 1, tanh: 30 };

/** Turns the vector on the stack into that of an elementary function of its lanes: the operations of src/linalg, bit by bit. */
export function applyElementary(context: Context, name: ElementaryFunction): void {
  const { code } = context;
  const x = code.vector();
  code.set(x);
  switch (name) {
    case 'relu':
      code.get(x);
      code.get(x);
      code.get(code.zero);
      code.do('f64x2.le', 'v128.andnot');
      return;
    case 'positive':
      context.load(context.constant(1));
      code.get(x);
      code.get(code.zero);
      code.do('f64x2.gt', 'v128.and');
      return;
    case 'tanh':
      pushTanh(context, x);
  }
}

const MANTISSA_BITS = 52;
/** The whole number 1023, which is the exponent of 1, as the bits of a number. */
const EXPONENT_BIAS = 1023 * Number.MIN_VALUE;

/** `tanh` of src/linalg. */
function pushTanh(context: Context, x: number): void {
  const { code } = context;
  const constant = (value: number): void => {
    context.load(context.constant(value));
  };
  const kept = (): number => {
    const local = code.vector();
    code.set(local);
    return local;
  };
  code.get(x);
  code.do('f64x2.abs');
  constant(TANH_LIMIT);
  code.do('f64x2.pmin');
  const limited = kept();
  code.get(limited);
  constant(TWO_OVER_LN2);
  code.do('f64x2.mul');
  constant(ROUNDER);
  code.do('f64x2.add');
  const rounded = kept();
  code.get(rounded);
  constant(ROUNDER);
  code.do('f64x2.sub');
  const k = kept();
  code.get(limited);
  code.get(limited);
  code.do('f64x2.add');
  for (const part of [LN2_HIGH, LN2_LOW]) {
    code.get(k);
    constant(part);
    code.do('f64x2.mul', 'f64x2.sub');
  }
  const r = kept();
  EXPM1_TERMS.forEach((term, i) => {
    if (i > 0) {
      code.get(r);
      code.do('f64x2.mul');
    }
    constant(term);
    if (i > 0) code.do('f64x2.add');
  });
  const sum = kept();
  // The lowest bits of the rounded number are k, and 2^k has the exponent k + 1023.
  code.get(rounded);
  constant(EXPONENT_BIAS);
  code.do('i64x2.add');
  code.i32(MANTISSA_BITS);
  code.do('i64x2.shl');
  const power = kept();
  code.get(power);
  code.get(r);
  code.get(r);
  code.get(r);
  code.do('f64x2.mul');
  code.get(sum);
  code.do('f64x2.mul', 'f64x2.add', 'f64x2.mul');
  const scaled = kept();
  for (const operation of ['f64x2.sub', 'f64x2.add'] as const) {
    code.get(power);
    constant(1);
    code.do(operation);
    code.get(scaled);
    code.do('f64x2.add');
  }
  code.do('f64x2.div');
  code.get(x);
  code.get(code.zero);
  code.do('f64x2.lt');
  constant(-0);
  code.do('v128.and', 'v128.xor');
}
