import { crc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import { withPngTexts } from './png-text.js';

/** A PNG of one pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);

it('texts are chunks of a PNG between its header and its pixels, with their checksums', () => {
  const written = Buffer.from(withPngTexts(png, { Title: 'D/|h|²', Software: 'Meander' }));
  const chunks: [type: string, content: string][] = [];
  for (let at = 8; at < written.length;) {
    const length = written.readUInt32BE(at);
    const data = written.subarray(at + 4, at + 8 + length);
    expect(written.readUInt32BE(at + 8 + length)).toBe(crc32(data));
    chunks.push([data.toString('latin1', 0, 4), data.toString('utf8', 4)]);
    at += length + 12;
  }
  expect(chunks.map(([type]) => type)).toEqual(['IHDR', 'iTXt', 'iTXt', 'IDAT', 'IEND']);
  expect(chunks[1][1]).toBe('Title\0\0\0\0\0D/|h|²');
  expect(Buffer.concat([written.subarray(0, 33), written.subarray(written.indexOf('IDAT') - 4)])).toEqual(png);
});
