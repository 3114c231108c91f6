/** NumPy's names of the types of real numbers: kind and bytes. */
export type NumberType = 'i1' | 'u1' | 'i2' | 'u2' | 'i4' | 'u4' | 'i8' | 'u8' | 'f2' | 'f4' | 'f8';

const views = {
  i1: Int8Array,
  u1: Uint8Array,
  i2: Int16Array,
  u2: Uint16Array,
  i4: Int32Array,
  u4: Uint32Array,
  i8: BigInt64Array,
  u8: BigUint64Array,
  f2: Uint16Array,
  f4: Float32Array,
  f8: Float64Array,
} as const;

export const isNumberType = (name: string): name is NumberType => Object.hasOwn(views, name);

/** Bytes of one number. */
export const sizeOf = (type: NumberType): number => views[type].BYTES_PER_ELEMENT;

/**
 * The numbers of some bytes, of which there are a whole number: Float32Array for `f4`, Float64Array for all others. Integers
 * beyond 2^53 are rounded. Floating-point numbers in the machine's own order, suitably aligned, are not copied: the result is
 * a view of `bytes`.
 */
export function decodeNumbers(
  bytes: Uint8Array,
  type: NumberType,
  isLittleEndian: boolean,
): Float64Array | Float32Array {
  const size = sizeOf(type);
  const aligned = isLittleEndian && bytes.byteOffset % size === 0 ? bytes : inMachineOrder(bytes, size, isLittleEndian);
  const numbers = new views[type](aligned.buffer as ArrayBuffer, aligned.byteOffset, aligned.byteLength / size);
  if (numbers instanceof Float64Array || numbers instanceof Float32Array) return numbers;
  if (numbers instanceof BigInt64Array || numbers instanceof BigUint64Array) return Float64Array.from(numbers, Number);
  return type === 'f2' ? Float64Array.from(numbers, half) : Float64Array.from(numbers);
}

/** A copy whose numbers are little-endian, as all machines with a JavaScript engine are. */
function inMachineOrder(bytes: Uint8Array, size: number, isLittleEndian: boolean): Uint8Array {
  // Not bytes.slice(), which of a Buffer of Node is no copy.
  const copy = new Uint8Array(bytes);
  if (!isLittleEndian) for (let at = 0; at < copy.length; at += size) copy.subarray(at, at + size).reverse();
  return copy;
}

/** IEEE 754 half precision: sign, five bits of exponent, ten of fraction. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}
