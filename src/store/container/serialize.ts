/** Typed arrays that plain data may hold. They are stored as bytes, never as text. */
export type NumberArray = Float64Array | Float32Array | Int32Array | Uint8Array;

const kinds = { f64: Float64Array, f32: Float32Array, i32: Int32Array, u8: Uint8Array } as const;
export type ArrayKind = keyof typeof kinds;

/**
 * Stands for an array in the JSON. `place`, if given, names the file that holds its bytes; else they are in the
 * payload.
 */
export interface ArrayMark {
  readonly kind: ArrayKind;
  readonly length: number;
  readonly place?: string;
}

/** The key that marks what JSON cannot express: a typed array, or a number such as NaN or -0. */
const MARK = '#';

/**
 * Splits plain data (numbers, strings, lists, maps, typed arrays) into a value for JSON and the arrays in the order of
 * their marks. `elsewhere` may take an array out of the payload by returning its place. `deserialize` returns every
 * number bit for bit, and any NaN as NaN. Keys whose value is undefined are left out. Throws TypeError for anything
 * else, such as a function.
 */
export function serialize(
  value: unknown,
  elsewhere: (array: NumberArray) => string | null = () => null,
): { json: unknown; arrays: NumberArray[] } {
  const arrays: NumberArray[] = [];
  const walk = (node: unknown): unknown => {
    if (node === null || typeof node === 'boolean' || typeof node === 'string') return node;
    if (typeof node === 'number')
      return isPlainNumber(node) ? node : { [MARK]: Object.is(node, -0) ? '-0' : `${node}` };
    const kind = kindOf(node);
    if (kind) {
      const array = node as NumberArray;
      const place = elsewhere(array);
      if (place === null) arrays.push(array);
      const mark: ArrayMark = { kind, length: array.length, ...(place === null ? {} : { place }) };
      return { [MARK]: mark };
    }
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || MARK in node) throw new TypeError(`cannot be serialized: ${typeof node}`);
    return Object.fromEntries(
      Object.entries(node)
        .filter(([, inner]) => inner !== undefined)
        .map(([key, inner]) => [key, walk(inner)]),
    );
  };
  return { json: walk(value), arrays };
}

/** Inverse of `serialize`. `take` returns the array of each mark; it is called in the order of the marks. */
export function deserialize(json: unknown, take: (mark: ArrayMark) => NumberArray): unknown {
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    if (MARK in node) {
      const mark = node[MARK];
      return typeof mark === 'string' ? Number(mark) : take(mark as ArrayMark);
    }
    return Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, walk(inner)]));
  };
  return walk(json);
}

/** A typed array with a copy of the bytes. */
export function arrayFrom(kind: ArrayKind, bytes: Uint8Array): NumberArray {
  // Not `slice`: a Buffer shares its memory with its slices.
  return new kinds[kind](new Uint8Array(bytes).buffer);
}

export const bytesPer = (kind: ArrayKind): number => kinds[kind].BYTES_PER_ELEMENT;

const isPlainNumber = (value: number): boolean => Number.isFinite(value) && !Object.is(value, -0);

function kindOf(node: unknown): ArrayKind | undefined {
  // By instanceof, because a Buffer is a Uint8Array too.
  return (Object.keys(kinds) as ArrayKind[]).find((kind) => node instanceof kinds[kind]);
}
