/** Bytes before the header of version 1.0, and what the length of both together is a multiple of. */
const PREAMBLE = 10;
const ALIGNMENT = 64;

/**
 * The bytes of a .npy file, version 1.0, row-major. `descr` is NumPy's name of the type, e.g. `<f8`; `data` holds the
 * product of `shape` numbers of that type, little-endian.
 */
export function npyBytes(descr: string, shape: readonly number[], data: ArrayBufferView): Uint8Array<ArrayBuffer> {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const description = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const start = ALIGNMENT * Math.ceil((PREAMBLE + description.length + 1) / ALIGNMENT);
  const file = new Uint8Array(start + data.byteLength);
  const header = new TextEncoder().encode(`NUMPY\x01\0\0\0${description.padEnd(start - PREAMBLE - 1)}\n`);
  file.set([0x93]);
  file.set(header, 1);
  new DataView(file.buffer).setUint16(8, start - PREAMBLE, true);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start);
  return file;
}
