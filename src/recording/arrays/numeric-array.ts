/** Numbers as they lie in a file, and where to find them: the value at index i is values[offset + sum of i_k strides_k]. */
export interface NumericArray {
  readonly shape: readonly number[];
  /** Steps in `values` from one index of an axis to the next. */
  readonly strides: readonly number[];
  readonly values: Float64Array | Float32Array;
}

export const countOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** An array whose last index runs fastest, as in C and NumPy. */
export const rowMajor = (shape: readonly number[], values: NumericArray['values']): NumericArray => ({
  shape,
  values,
  strides: shape.map((_, axis) => countOf(shape.slice(axis + 1))),
});

/** An array whose first index runs fastest, as in Fortran, MATLAB and Octave. */
export const columnMajor = (shape: readonly number[], values: NumericArray['values']): NumericArray => ({
  shape,
  values,
  strides: shape.map((_, axis) => countOf(shape.slice(0, axis))),
});

/** The numbers with the last index running fastest; the array's own where they lie like that. */
export function flat({ shape, strides, values }: NumericArray): NumericArray['values'] {
  const natural = rowMajor(shape, values).strides;
  if (natural.every((stride, axis) => stride === strides[axis] || shape[axis] === 1)) return values;
  const ordered = values instanceof Float32Array ? new Float32Array(values.length) : new Float64Array(values.length);
  const index = shape.map(() => 0);
  let from = 0;
  for (let place = 0; place < ordered.length; place++) {
    ordered[place] = values[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return ordered;
}

export const shapeText = (shape: readonly number[]): string => (shape.length === 0 ? 'one number' : shape.join(' x '));
