import { crc32 } from './checksums.js';
import { inflate, inflateHead } from './deflate.js';

/** A file in a ZIP archive. */
interface ZipMember {
  readonly name: string;
  readonly size: number;
  /** All bytes, checked. Throws Error when they are damaged. */
  read(): Uint8Array;
  /** The first bytes, at least `count` where there are so many. */
  head(count: number): Uint8Array;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const END_64_LOCATOR = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const ZIP64_FIELD = 1;
const MAX_COMMENT = 0xffff;
const [END_SIZE, LOCATOR_SIZE, ENTRY_SIZE, LOCAL_SIZE] = [22, 20, 46, 30];
const [STORED, DEFLATED] = [0, 8];
const TEXT_IS_UTF8 = 0x800;
const IS_ENCRYPTED = 1;

/**
 * The files of a ZIP archive, also of ZIP64, stored or deflated. They are inflated when they are read. Throws Error when the
 * archive is damaged or cut off.
 */
export function readZip(bytes: Uint8Array): ZipMember[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { start, count } = directoryOf(view);
  const members: ZipMember[] = [];
  let at = start;
  for (let k = 0; k < count; k++) {
    if (at + ENTRY_SIZE > bytes.length || view.getUint32(at, true) !== ENTRY) throw new Error('is a damaged archive');
    const member = memberAt(bytes, view, at);
    if (!member.name.endsWith('/')) members.push(member);
    at += ENTRY_SIZE + [28, 30, 32].reduce((sum, field) => sum + view.getUint16(at + field, true), 0);
  }
  return members;
}

/** Where the list of files begins, and how many there are. */
function directoryOf(view: DataView): { readonly start: number; readonly count: number } {
  const last = view.byteLength - END_SIZE;
  let at = last;
  while (at >= 0 && at >= last - MAX_COMMENT && view.getUint32(at, true) !== END) at--;
  if (at < 0 || view.getUint32(at, true) !== END) throw new Error('is no ZIP archive, or it is cut off');
  const locator = at - LOCATOR_SIZE;
  if (locator >= 0 && view.getUint32(locator, true) === END_64_LOCATOR) {
    const end64 = whole(view, locator + 8);
    if (end64 + 56 > view.byteLength || view.getUint32(end64, true) !== END_64) throw new Error('is a damaged archive');
    return { count: whole(view, end64 + 32), start: whole(view, end64 + 48) };
  }
  return { count: view.getUint16(at + 10, true), start: view.getUint32(at + 16, true) };
}

function memberAt(bytes: Uint8Array, view: DataView, at: number): ZipMember {
  const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
  const nameEnd = at + ENTRY_SIZE + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  if (extraEnd > bytes.length) throw new Error('is a damaged archive');
  const decoder = new TextDecoder(flags & TEXT_IS_UTF8 ? 'utf-8' : 'latin1');
  const name = decoder.decode(bytes.subarray(at + ENTRY_SIZE, nameEnd));
  const large = wideFields(view, nameEnd, extraEnd);
  // Those that do not fit 32 bits stand, in this order, in a field of their own.
  const [size, stored, local] = [24, 20, 42].map((field) => {
    const value = view.getUint32(at + field, true);
    return value === 0xffffffff ? (large.shift() ?? value) : value;
  });
  const checksum = view.getUint32(at + 16, true);
  const data = (): Uint8Array => {
    if (flags & IS_ENCRYPTED) throw new Error(`its file ${name} is encrypted`);
    if (method !== STORED && method !== DEFLATED) {
      throw new Error(`its file ${name} is compressed by method ${method}, expected stored or deflated`);
    }
    if (local + LOCAL_SIZE > bytes.length || view.getUint32(local, true) !== LOCAL)
      throw new Error('is a damaged archive');
    const start = local + LOCAL_SIZE + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (start + stored > bytes.length) throw new Error(`its file ${name} is cut off`);
    return bytes.subarray(start, start + stored);
  };
  return {
    name,
    size,
    read: () => {
      const content = method === DEFLATED ? inflate(data(), size) : data();
      if (content.length !== size || crc32(content) !== checksum) throw new Error(`its file ${name} is damaged`);
      return content;
    },
    head: (count) => (method === DEFLATED ? inflateHead(data(), count) : data().subarray(0, count)),
  };
}

function wideFields(view: DataView, start: number, end: number): number[] {
  for (let at = start; at + 4 <= end;) {
    const [id, size] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    if (id === ZIP64_FIELD && at + 4 + size <= end) {
      return Array.from({ length: Math.floor(size / 8) }, (_, k) => whole(view, at + 4 + 8 * k));
    }
    at += 4 + size;
  }
  return [];
}

const whole = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));
