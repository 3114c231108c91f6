import { describe, expect, it } from 'vitest';
import { presetFiles, readFiles } from './import.js';

const file = (name: string, content = 'x'): File => new File([content], name);

describe('the files of the user', () => {
  it.each(['lab.yaml', 'lab.YML', 'lab.json'])(
    'are led by the experiment file %s wherever it is among them',
    async (name) => {
      const { main, all } = await readFiles([file('rows.csv', '1,2'), file(name)]);
      expect(main.name).toBe(name);
      expect(all.map((read) => [read.name, new TextDecoder().decode(read.bytes)])).toEqual([
        ['rows.csv', '1,2'],
        [name, 'x'],
      ]);
    },
  );

  it('are led by the first where there is no experiment file', async () => {
    expect((await readFiles([file('a.npy'), file('b.csv')])).main.name).toBe('a.npy');
  });

  it('are rejected where there is none', async () => {
    await expect(readFiles([])).rejects.toThrow('found no file');
  });

  it('are rejected where one has more than 32 MB, before it is read', async () => {
    const large = { name: 'large.npy', size: 2 ** 25 + 2 ** 20 } as File;
    await expect(readFiles([large])).rejects.toThrow('large.npy: found 33 MB, expected at most 32 MB');
  });
});

it('presets without data sets have no files', async () => {
  expect(await presetFiles('isotropic')).toEqual([]);
});
