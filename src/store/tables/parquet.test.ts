import { parquetWriteBuffer } from 'hyparquet-writer';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inDirectory } from '../../../test/support/directory.js';
import { readParquet, writeParquet } from './parquet.node.js';
import { Table } from './table.js';

describe('a table in Parquet', () => {
  it('is read as it was written', async () => {
    await inDirectory({}, async (directory) => {
      const table = new Table();
      const rows = [
        { point: 0, value: 0.1, text: 'a' },
        { point: 1, value: null, text: 'b' },
      ];
      for (const row of rows) table.add(row);
      const path = join(directory, 'table.parquet');
      await writeParquet(path, table, new Set(['point']));
      expect(await readParquet(path, 2)).toEqual(rows);
    });
  });

  it('is refused unread when a small file claims more rows than there can be', async () => {
    await inDirectory({}, async (directory) => {
      const path = join(directory, 'bomb.parquet');
      const data = new Array<number>(300_000).fill(1);
      const bytes = new Uint8Array(parquetWriteBuffer({ columnData: [{ name: 'x', data, type: 'INT32' }] }));
      expect(bytes.length).toBeLessThan(50_000);
      await writeFile(path, bytes);
      await expect(readParquet(path, 299_999)).rejects.toThrow('claims 300000 rows, expected at most 299999');
      expect(await readParquet(path, 300_000)).toHaveLength(300_000);
    });
  });
});
