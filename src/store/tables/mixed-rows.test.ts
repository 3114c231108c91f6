import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readParquet, writeParquet } from './parquet.node.js';
import { Table } from './table.js';

it('a table of rows with different keys has null where a row has none, also in columns of whole numbers', async () => {
  const table = new Table();
  table.add({ point: 0, hiddenUnits: 4 });
  table.add({ point: 1, rule: 'deepLinear' });
  const directory = await mkdtemp(join(tmpdir(), 'table-'));
  try {
    const path = join(directory, 'table.parquet');
    await writeParquet(path, table, new Set(['point', 'hiddenUnits']));
    expect(await readParquet(path, 10)).toEqual([
      { point: 0, hiddenUnits: 4, rule: null },
      { point: 1, hiddenUnits: null, rule: 'deepLinear' },
    ]);
  } finally {
    await rm(directory, { recursive: true });
  }
});
