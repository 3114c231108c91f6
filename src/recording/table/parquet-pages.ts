import type { ColumnMetaData, Compressors } from 'hyparquet';
import { ThriftReader, type ThriftStruct } from './thrift.js';

const [DATA, DICTIONARY, DATA_V2] = [0, 2, 3];
/** Encodings whose numbers are runs: both kinds of dictionary, and RLE. */
const RUNS = [2, 8, 3];
const MAX_PAGE_BYTES = 2 ** 30;

/**
 * Checks the pages of a flat column before they are decoded: sizes within the column, no more values than it claims, and runs no longer
 * than their page. The decoder trusts all of these, and a damaged byte would keep it busy for hours. Throws RangeError.
 */
export function assertPages(
  file: Uint8Array,
  column: ColumnMetaData,
  isOptional: boolean,
  compressors: Compressors,
): void {
  const { codec, type } = column;
  const values = Number(column.num_values);
  const first = Number(column.dictionary_page_offset ?? 0) || Number(column.data_page_offset);
  const start = Math.min(first, Number(column.data_page_offset));
  const end = start + Number(column.total_compressed_size);
  if (!(start >= 0 && end <= file.length)) throw new RangeError('a column lies outside of the file');
  const chunk = file.subarray(start, end);
  const reader = new ThriftReader(chunk, 0);
  let seen = 0;
  while (seen < values && reader.offset < chunk.length - 1) {
    const header = reader.struct();
    const [kind, size, stored] = [1, 2, 3].map((field) => header.get(field));
    const page = pageOf(header);
    if (!isSize(size, MAX_PAGE_BYTES) || !isSize(stored, chunk.length - reader.offset) || !page) {
      throw new RangeError('a page has an impossible size');
    }
    const bytes = chunk.subarray(reader.offset, reader.offset + stored);
    reader.offset += stored;
    const count = page.get(1);
    if (!isSize(count, kind === DICTIONARY ? size : values - seen)) {
      throw new RangeError(`a page claims ${Number(count)} values of ${values}`);
    }
    if (kind === DICTIONARY) continue;
    seen += count;
    assertRuns(kind, page, bytes, size, count);
  }

  function assertRuns(kind: unknown, page: ThriftStruct, bytes: Uint8Array, size: number, count: number): void {
    const encoding = page.get(kind === DATA_V2 ? 4 : 2);
    const levels = kind === DATA_V2 ? (page.get(5) as number) + (page.get(6) as number) : 0;
    if (!isSize(levels, bytes.length)) throw new RangeError('a page has an impossible size');
    if (kind === DATA_V2 && isOptional) checkRuns(bytes.subarray(0, levels), 1, count);
    const stored = bytes.subarray(levels);
    const isPlain = codec === 'UNCOMPRESSED' || (kind === DATA_V2 && page.get(7) === 0);
    const data = isPlain ? stored : compressors[codec]?.(stored.slice(), size - levels);
    if (!data) return;
    let offset = 0;
    if (kind === DATA && isOptional) {
      const length = new DataView(data.buffer, data.byteOffset, data.byteLength).getUint32(0, true);
      checkRuns(data.subarray(4, 4 + length), 1, count);
      offset = 4 + length;
    }
    if (typeof encoding !== 'number' || !RUNS.includes(encoding) || offset >= data.length) return;
    if (type === 'BOOLEAN') checkRuns(data.subarray(offset + 4), 1, count);
    else if (data[offset] > 0) checkRuns(data.subarray(offset + 1), data[offset], count);
  }
}

const pageOf = (header: ThriftStruct): ThriftStruct | null => {
  const page = header.get({ [DATA]: 5, [DICTIONARY]: 7, [DATA_V2]: 8 }[Number(header.get(1))] ?? -1);
  return page === undefined || typeof page === 'number' ? null : page;
};

const isSize = (value: unknown, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;

/** Runs of `count` numbers of `width` bits, which are equal numbers or packed ones. Throws RangeError. */
function checkRuns(bytes: Uint8Array, width: number, count: number): void {
  if (width > 32) throw new RangeError(`a page has numbers of ${width} bits`);
  const reader = new ThriftReader(bytes, 0);
  for (let seen = 0; seen < count;) {
    const head = reader.varint();
    const length = Math.floor(head / 2);
    if (head % 2 === 0 && length > count - seen) {
      throw new RangeError(`a run of a page has ${length} values, at most ${count - seen} are left`);
    }
    seen += head % 2 === 0 ? length : 8 * length;
    reader.offset += head % 2 === 0 ? Math.ceil(width / 8) : length * width;
  }
}
