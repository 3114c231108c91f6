// Whether a data file is one that the documents describe, decided apart from the code that reads it.

/** What no command may accept in a file; undefined where it may be right. */
export const faultOf = (bytes: Uint8Array, format: 'npy' | 'csv'): string | undefined =>
  format === 'npy' ? faultOfNpy(Buffer.from(bytes)) : faultOfCsv(new TextDecoder().decode(bytes));

/** With quotes of either kind, as Python accepts them. */
const HEADER = /^\{(.*)\}\s*$/s;
const KEYS = [
  /'descr'\s*:\s*'([<>|=]?)([iuf])(1|2|4|8)'/,
  /'fortran_order'\s*:\s*(True|False)/,
  /'shape'\s*:\s*\(([^()]*)\)/,
];

function faultOfNpy(bytes: Buffer): string | undefined {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 6) !== '\u0093NUMPY') return 'no magic';
  const [major, minor] = [bytes[6], bytes[7]];
  if (![1, 2, 3].includes(major) || minor !== 0) return 'an unknown version';
  const start = major === 1 ? 10 : 12;
  const end = start + (major === 1 ? bytes.readUInt16LE(8) : bytes.readUInt32LE(8));
  if (end > bytes.length) return 'a header that is cut';
  const [, text] = HEADER.exec(bytes.toString('latin1', start, end).replaceAll('"', "'")) ?? [];
  if (!text) return 'a header that is no dictionary';
  let rest = text;
  const found = KEYS.map((key) => {
    const match = key.exec(rest);
    if (match) rest = rest.replace(match[0], '');
    return match;
  });
  if (!/^[\s,]*$/.test(rest)) return `more in the header: ${rest}`;
  const [descr, , shape] = found;
  if (!descr || !found[1] || !shape) return 'a key that is missing';
  const sizes = shape[1]
    .split(',')
    .map((size) => size.trim())
    .filter((size) => size !== '');
  if (!sizes.every((size) => /^\d+$/.test(size)) || sizes.length < 1 || sizes.length > 2)
    return `the shape (${shape[1]})`;
  const [, order, kind, size] = descr;
  const count = sizes.reduce((product, length) => product * Number(length), 1);
  if (count === 0) return 'no number';
  if (kind === 'f' && size === '1') return 'an unknown type';
  if (bytes.length - end !== count * Number(size)) return `${bytes.length - end} bytes for ${count} numbers`;
  return kind === 'f' && Number(size) > 2
    ? faultOfNumbers(bytes.subarray(end), Number(size), order !== '>')
    : undefined;
}

function faultOfNumbers(bytes: Buffer, size: number, isLittle: boolean): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < bytes.length; at += size) {
    const value = size === 4 ? view.getFloat32(at, isLittle) : view.getFloat64(at, isLittle);
    if (!Number.isFinite(value)) return `the number ${value}`;
  }
  return undefined;
}

/** Decimal numbers in lines of equal length, below one line that may have none, whatever separates them. */
function faultOfCsv(text: string): string | undefined {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '');
  const separators = [',', ';', '\t', '|', ' ', '\u001e', '\u001f'];
  const tables = separators.map((separator) => lines.map((line) => line.split(separator).map(bare)));
  return tables.some(isTable) ? undefined : 'no table of decimal numbers';
}

const bare = (cell: string): string => cell.trim().replace(/^"(.*)"$/, '$1');

function isTable(rows: readonly (readonly string[])[]): boolean {
  const isNumber = (cell: string): boolean =>
    /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell.trim()) && Number.isFinite(Number(cell));
  const body = rows.length > 1 && !rows[0].some(isNumber) ? rows.slice(1) : rows;
  return body.length > 0 && body.every((row) => row.length === rows[0].length && row.every(isNumber));
}
