import type { Code, Local } from '../code.js';
import { importOf } from '../module.js';

/** Pushes, as a mask, where a vector is 0 or no number. */
export function pushIsNoPivot(code: Code, pivot: Local): void {
  code.get(pivot);
  code.do('f64x2.abs');
  code.get(code.zero);
  code.do('f64x2.gt', 'v128.not');
}

/** Throws the error of `solve` where a mask has any bit. */
export function throwIfAny(code: Code, mask: Local): void {
  code.get(mask);
  code.do('v128.any_true', 'i32.eqz');
  code.ifZero(() => {
    code.call(importOf('unsolvable'));
  });
}
