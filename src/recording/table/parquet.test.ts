import { describe, expect, it } from 'vitest';
import { parquetBytes, recordedRows } from '../../../test/support/recorded.js';
import { readParquetTable } from './parquet.js';

const rows = Array.from({ length: 30 }, () => recordedRows()).flat();

describe('damaged pages of a Parquet file', () => {
  const bytes = parquetBytes(rows);

  it('are not there in a file as it was written', async () => {
    expect((await readParquetTable(bytes)).values).toHaveLength(rows.length);
  });

  it('come to an end, whatever byte is damaged', async () => {
    const failures = new Set<string>();
    for (let k = 4; k < bytes.length - 12; k += 19) {
      for (const byte of [0xff, 0x80, 0xfe]) {
        const damaged = Uint8Array.from(bytes);
        damaged.fill(byte, k, k + 1 + (k % 5));
        const error: unknown = await readParquetTable(damaged).catch((reason: unknown) => reason);
        if (error instanceof Error) failures.add(error.message.replace(/\d+/g, '#'));
      }
    }
    expect([...failures].join('\n')).toMatch(/a page claims # values of #/);
    expect([...failures].join('\n')).toMatch(/a run of a page has # values, at most # are left/);
  });
});
