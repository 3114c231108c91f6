// What the page copies and downloads.
import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { parse as parseNpy } from 'npyjs';
import Papa from 'papaparse';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

type NpyArray = ReturnType<typeof parseNpy>;

export const clipboardOf = (page: Page): Promise<string> => page.evaluate('navigator.clipboard.readText()');

/** The first text of an array of texts. */
export const textIn = (array: NpyArray | undefined): string => (array?.data as unknown as string[])[0];

/** Clicks a button and returns the file that the page downloads. */
async function downloadOf(page: Page, button: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return readFileSync(await download.path());
}

/** The rows of the CSV file. */
export async function rowsOf(page: Page): Promise<Record<string, number>[]> {
  const text = (await downloadOf(page, 'Download CSV')).toString('utf8');
  return Papa.parse<Record<string, number>>(text, { header: true, dynamicTyping: true, skipEmptyLines: true }).data;
}

/** The arrays of the NPZ file, by the names of their files; expects a valid ZIP archive that is not compressed. */
export async function arraysOf(page: Page): Promise<Map<string, NpyArray>> {
  const bytes = await downloadOf(page, 'Download NPZ');
  const arrays = new Map<string, NpyArray>();
  let at = 0;
  for (; bytes.readUInt32LE(at) === 0x04034b50;) {
    const [crc, size, nameLength] = [
      bytes.readUInt32LE(at + 14),
      bytes.readUInt32LE(at + 18),
      bytes.readUInt16LE(at + 26),
    ];
    const start = at + 30 + nameLength;
    const content = Uint8Array.from(bytes.subarray(start, start + size));
    expect(crc32(content)).toBe(crc);
    arrays.set(bytes.toString('latin1', at + 30, start), parseNpy(content.buffer));
    at = start + size;
  }
  // The central directory and its end, with as many entries.
  expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
  expect(bytes.readUInt32LE(bytes.length - 22)).toBe(0x06054b50);
  expect(bytes.readUInt16LE(bytes.length - 12)).toBe(arrays.size);
  expect(bytes.readUInt32LE(bytes.length - 6)).toBe(at);
  return arrays;
}
