/** Text chunks of a PNG file (iTXt, UTF-8, not compressed), by their keywords, put behind its header. */
export function withPngTexts(png: Uint8Array, texts: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const chunks = Object.entries(texts).map(([keyword, text]) => chunkOf(keyword, text));
  const size = chunks.reduce((sum, { length }) => sum + length, png.length);
  const result = new Uint8Array(size);
  result.set(png.subarray(0, HEADER_END));
  let at = HEADER_END;
  for (const chunk of chunks) {
    result.set(chunk, at);
    at += chunk.length;
  }
  result.set(png.subarray(HEADER_END), at);
  return result;
}

/** The signature, and the header with its length, type and checksum. */
const HEADER_END = 8 + 25;

function chunkOf(keyword: string, text: string): Uint8Array {
  // Keyword, then: not compressed, no method, no language, no translated keyword.
  const data = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${text}`);
  const chunk = new Uint8Array(data.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length - 4);
  chunk.set(data, 4);
  view.setUint32(data.length + 4, crc32(data));
  return chunk;
}

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
