import type { Container, Entry } from '../../container.js';
import { adler32 } from '../../zip/checksums.js';
import { inflate, inflateHead } from '../../zip/deflate.js';
import { COMPRESSED, elementAt, MATRIX, wordAt } from './elements.js';
import { isNumeric, readHead, variableOf } from './matrix.js';
import { entriesOf, type Variable } from './variable.js';

const HEADER_BYTES = 128;
const [VERSION_AT, ORDER_AT] = [124, 126];
const VERSION = 1;
/** More than the beginning of a matrix whose name has the longest length that MATLAB allows. */
const HEAD_BYTES = 1024;
const [TAG_BYTES, ZLIB_HEADER, ZLIB_CHECKSUM] = [8, 2, 4];

/**
 * The variables of a MAT file of version 5, as `save -v6` and `save -v7` write it, in either byte order; after the public
 * description of the format by MathWorks. Numbers are read, and inflated, when they are asked for. Throws Error.
 */
export function mat5Container(bytes: Uint8Array): Container {
  const isLittleEndian = byteOrderOf(bytes);
  const entries: Entry[] = [];
  for (let at = HEADER_BYTES; at < bytes.length;) {
    const { type, data, next } = elementAt(bytes, at, isLittleEndian);
    const found = type === COMPRESSED ? inflated(data, isLittleEndian) : variableIn(type, data, isLittleEndian);
    // What has no name is MATLAB's own, the data of its objects.
    if (found && found.name !== '') entries.push(...entriesOf(found.name, found.variable));
    at = next;
  }
  return { entries, noun: 'variable' };
}

function byteOrderOf(bytes: Uint8Array): boolean {
  if (bytes.length < HEADER_BYTES)
    throw new Error(`is cut off: it has ${bytes.length} bytes, a MAT file begins with 128`);
  const mark = String.fromCharCode(bytes[ORDER_AT], bytes[ORDER_AT + 1]);
  if (mark !== 'IM' && mark !== 'MI') throw new Error('is no MAT file: its header has no mark of the byte order');
  const isLittleEndian = mark === 'IM';
  const version = (wordAt(bytes, VERSION_AT, isLittleEndian) >>> (isLittleEndian ? 8 : 24)) & 0xff;
  if (version !== VERSION)
    throw new Error(`is a MAT file of version ${version}, expected version 5 (1 in its header) or 7.3 (2)`);
  return isLittleEndian;
}

interface NamedVariable {
  readonly name: string;
  readonly variable: Variable;
}

function variableIn(type: number, data: Uint8Array, isLittleEndian: boolean): NamedVariable | null {
  if (type !== MATRIX) throw new Error(`is damaged: an element of type ${type} stands where a variable does`);
  if (data.length === 0) return null;
  const head = readHead(data, isLittleEndian);
  return { name: head.name, variable: variableOf(head, () => data, isLittleEndian) };
}

/** A compressed variable: of numbers only the beginning is inflated now. */
function inflated(zlib: Uint8Array, isLittleEndian: boolean): NamedVariable | null {
  const deflated = zlib.subarray(ZLIB_HEADER, zlib.length - ZLIB_CHECKSUM);
  const start = inflateHead(deflated, HEAD_BYTES);
  const [type, size] = [wordAt(start, 0, isLittleEndian), wordAt(start, 4, isLittleEndian)];
  if (type !== MATRIX) throw new Error(`is damaged: an element of type ${type} stands where a variable does`);
  if (size === 0) return null;
  const head = readHead(start.subarray(TAG_BYTES), isLittleEndian);
  const whole = (): Uint8Array => {
    const all = inflate(deflated, TAG_BYTES + size);
    const checksum = new DataView(zlib.buffer, zlib.byteOffset + zlib.length - ZLIB_CHECKSUM).getUint32(0);
    if (adler32(all) !== checksum) throw new Error(`is damaged: the checksum of its variable ${head.name} is wrong`);
    return all.subarray(TAG_BYTES);
  };
  if (isNumeric(head)) return { name: head.name, variable: variableOf(head, whole, isLittleEndian) };
  const all = whole();
  return { name: head.name, variable: variableOf(head, () => all, isLittleEndian) };
}
