/** The bytes of a .npy file: a header for any type and shape, then the data as they are. */
export function npyBytes(
  descr: string,
  shape: readonly number[],
  data: ArrayBufferView,
  { fortranOrder = false } = {},
): Uint8Array<ArrayBuffer> {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dictionary = `{'descr': '${descr}', 'fortran_order': ${fortranOrder ? 'True' : 'False'}, 'shape': (${sizes}), }`;
  const preamble = 10;
  const length = 64 * Math.ceil((preamble + dictionary.length + 1) / 64);
  const header = `${dictionary.padEnd(length - preamble - 1)}\n`;
  const file = new Uint8Array(length + data.byteLength);
  file.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, header.length & 255, header.length >> 8]);
  file.set(new TextEncoder().encode(header), preamble);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), length);
  return file;
}
