/** A structure of Thrift by the numbers of its fields: numbers and structures within; all else is passed over. */
export type ThriftStruct = ReadonlyMap<number, number | ThriftStruct>;

const MAX_DEPTH = 20;

/** Reads the compact protocol of Thrift. Every step takes at least a byte, so that damaged bytes come to an end. Throws RangeError. */
export class ThriftReader {
  constructor(
    readonly bytes: Uint8Array,
    public offset: number,
  ) {}

  struct(depth = 0): ThriftStruct {
    if (depth > MAX_DEPTH) throw new RangeError('structures are nested too deep');
    const fields = new Map<number, number | ThriftStruct>();
    let field = 0;
    for (;;) {
      const head = this.#byte();
      if (head === 0) return fields;
      field = head >>> 4 ? field + (head >>> 4) : this.#zigzag();
      const value = this.#value(head & 15, depth);
      if (value !== undefined) fields.set(field, value);
    }
  }

  #value(type: number, depth: number): number | ThriftStruct | undefined {
    if (type === 1 || type === 2) return type === 1 ? 1 : 0;
    if (type === 3) return this.#byte();
    if (type >= 4 && type <= 6) return this.#zigzag();
    if (type === 12) return this.struct(depth + 1);
    if (type === 7) this.#skip(8);
    else if (type === 8) this.#skip(this.varint());
    else throw new RangeError(`a page header has a field of the type ${type}`);
    return undefined;
  }

  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 49; shift += 7) {
      const byte = this.#byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    throw new RangeError('a number does not end');
  }

  #zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  #byte(): number {
    if (!(this.offset < this.bytes.length)) throw new RangeError('a page is cut off');
    return this.bytes[this.offset++];
  }

  #skip(count: number): void {
    this.offset += count;
    if (this.offset > this.bytes.length) throw new RangeError('a page is cut off');
  }
}
