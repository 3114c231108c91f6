/** Arrays of numbers that plain data may hold; they are kept as their bytes, never as text. */
export type NumberArray = Float64Array | Float32Array | Int32Array | Uint8Array;

const kinds = { f64: Float64Array, f32: Float32Array, i32: Int32Array, u8: Uint8Array } as const;
export type ArrayKind = keyof typeof kinds;

/** Where one array of a value stands in the text. `place`, where given, names what holds its bytes instead of the payload. */
export interface ArrayMark {
  readonly kind: ArrayKind;
  readonly length: number;
  readonly place?: string;
}

/** The key that marks what JSON cannot say: an array of numbers, or a number such as NaN or -0. */
const MARK = '#';

/**
 * Plain data (numbers, texts, lists, maps, arrays of numbers) as a value for JSON and the arrays in the order of their
 * marks. `elsewhere` may take an array and name its place. Every number comes back bit for bit, NaN as a NaN. Keys whose
 * value is undefined are left out. Throws TypeError for anything else, such as a function.
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
    if (typeof node !== 'object' || MARK in node) throw new TypeError(`cannot be kept: ${typeof node}`);
    return Object.fromEntries(
      Object.entries(node)
        .filter(([, inner]) => inner !== undefined)
        .map(([key, inner]) => [key, walk(inner)]),
    );
  };
  return { json: walk(value), arrays };
}

/** The value that was taken apart; `take` is asked for its arrays in the order of their marks. */
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

/** An array of a kind on memory of its own. */
export function arrayFrom(kind: ArrayKind, bytes: Uint8Array): NumberArray {
  // Not `slice`: that of a Buffer copies nothing.
  return new kinds[kind](new Uint8Array(bytes).buffer);
}

export const bytesPer = (kind: ArrayKind): number => kinds[kind].BYTES_PER_ELEMENT;

const isPlainNumber = (value: number): boolean => Number.isFinite(value) && !Object.is(value, -0);

function kindOf(node: unknown): ArrayKind | undefined {
  // Buffers of Node are Uint8Arrays too.
  return (Object.keys(kinds) as ArrayKind[]).find((kind) => node instanceof kinds[kind]);
}
