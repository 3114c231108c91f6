import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canMount, inDirectory, onSmallDisk } from '../../../test/support/directory.js';
import { description, inRun, storedPoints } from '../../../test/support/run-directories.js';
import { encodeContainer } from '../container/container.node.js';
import { RunDirectory } from '../run-directory/run-directory.node.js';
import { SHARD_SIZE } from './record-paths.node.js';
import { encodeRecord } from './record.node.js';

describe('records', () => {
  it('are found and read as single files and, once their shard is complete, from its pack', async () => {
    await inRun(300, 16, async ({ records, path, manifest }) => {
      const tasks = 300 * 4;
      // Not by `write`, which flushes each file to disk.
      const bytesOf = (task: number) =>
        encodeContainer('record', { run: manifest.id, task, result: { task, half: Float64Array.of(task / 2) } });
      for (let task = 0; task < tasks; task++) {
        const [shard, place] = [`00000${Math.floor(task / SHARD_SIZE)}`, String(task % SHARD_SIZE).padStart(3, '0')];
        if (place === '000') await mkdir(join(path, 'records', shard));
        if (task !== 1100) await writeFile(join(path, 'records', shard, `${place}.record`), bytesOf(task));
      }
      const missing = async (): Promise<number[]> => {
        const done = await records.finished();
        return [...done.keys()].filter((task) => done[task] === 0);
      };
      expect(await missing()).toEqual([1100]);
      await records.removeTempFiles();
      expect(await missing()).toEqual([1100]);
      expect((await readdir(join(path, 'records'))).sort()).toEqual(['000000.pack', '000001']);
      for (const task of [0, 1, SHARD_SIZE - 1, SHARD_SIZE, 1199, 500]) {
        expect(await records.read(task)).toStrictEqual({ task, half: Float64Array.of(task / 2) });
      }
      await expect(records.read(1100)).rejects.toThrow('is missing: the task is not finished');
      // A record written again after it was packed is removed by the next packing.
      records.write(3, { task: 3, half: Float64Array.of(1.5) });
      await records.removeTempFiles();
      records.write(1100, {});
      await records.pack(1);
      expect((await records.finished()).every((is) => is === 1)).toBe(true);
      const pack = join(path, 'records/000001.pack');
      await truncate(pack, (await readFile(pack)).length - 1);
      await records.close();
      await expect(records.read(1199)).rejects.toThrow('000001.pack (task 1199): is cut short');
    });
  });

  it('of another task or run, and truncated ones, are reported and left as they are', async () => {
    await inRun(2, 8, async (run) => {
      run.records.write(0, { a: 1 });
      const path = join(run.path, 'records/000000/000.record');
      const bytes = await readFile(path);
      await writeFile(join(run.path, 'records/000000/001.record'), bytes);
      await expect(run.records.read(1)).rejects.toThrow('001.record: is the record of task 0');
      await writeFile(path, encodeContainer('record', { run: 'another', task: 0, result: 1 }));
      await expect(run.records.read(0)).rejects.toThrow('000.record: belongs to another run');
      await writeFile(path, bytes.subarray(0, 100));
      await expect(run.records.read(0)).rejects.toThrow('000.record: is cut short: 100 of');
      expect((await readFile(path)).length).toBe(100);
    });
  });

  it('are never lost while several processes pack them and remove temporary files at once', async () => {
    await inRun(10, 24, async (run) => {
      // Not by `write`, which flushes each file to disk.
      const fill = async (): Promise<void> => {
        await mkdir(join(run.path, 'records/000000'), { recursive: true });
        for (let task = 0; task < 60; task++) {
          const path = join(run.path, `records/000000/${String(task).padStart(3, '0')}.record`);
          await writeFile(path, encodeRecord(run.manifest.id, task, { task }));
        }
      };
      await fill();
      const others = await Promise.all(Array.from({ length: 4 }, () => RunDirectory.open(run.path)));
      for (let turn = 0; turn < 20; turn++) {
        // A packer fails if its temporary file is removed; the records must stay.
        await Promise.allSettled(
          others.map(({ records }, k) => (k % 2 === 0 ? records.pack(0) : records.removeTempFiles())),
        );
        for (let task = 0; task < 60; task++) expect(await others[0].records.read(task)).toEqual({ task });
        await others[0].close();
        await rm(join(run.path, 'records'), { recursive: true });
        await fill();
      }
    });
  });

  it.skipIf(!canMount)(
    `are not lost when the disk is full while they are packed${canMount ? '' : ' (skipped: nothing can be mounted)'}`,
    async () => {
      await inDirectory({}, async (directory) => {
        await onSmallDisk(directory, '1500k', async () => {
          await RunDirectory.create(join(directory, 'run'), () => description, 'text', storedPoints(1, 40, 4));
          const run = await RunDirectory.open(join(directory, 'run'));
          const content = (task: number) => new Float64Array(12_000).fill(task);
          for (let task = 0; task < 10; task++) run.records.write(task, content(task));
          await expect(run.records.pack(0)).rejects.toThrow('000000.pack: cannot be written: no space is left');
          for (let task = 0; task < 10; task++) expect(await run.records.read(task)).toEqual(content(task));
          await run.close();
        });
      });
    },
  );

  it('that are a directory are set aside, and are not in the way of the pack of what was computed again', async () => {
    await inRun(1, 8, async (run) => {
      run.records.write(1, 'b');
      await mkdir(join(run.path, 'records/000000/000.record/x'), { recursive: true });
      expect(await run.records.quarantineDamaged()).toHaveLength(1);
      run.records.write(0, 'a');
      await run.records.packComplete();
      expect(await readdir(join(run.path, 'records'))).toEqual(['000000.pack']);
      expect([await run.records.read(0), await run.records.read(1)]).toEqual(['a', 'b']);
    });
  });

  it('that are damaged are quarantined, and the others of their pack stay finished', async () => {
    await inRun(2, 24, async (run) => {
      for (let task = 0; task < 12; task++) run.records.write(task, { task });
      await run.records.removeTempFiles();
      const pack = join(run.path, 'records/000000.pack');
      const bytes = await readFile(pack);
      const size = bytes.length / 12;
      for (const [damage, lost] of [
        [(copy: Buffer) => ((copy[Math.round(5.5 * size)] ^= 1), copy), [5]],
        [(copy: Buffer) => copy.subarray(0, Math.round(10.5 * size)), [10, 11]],
        [(copy: Buffer) => Buffer.concat([copy, Buffer.from('more')]), []],
      ] as const) {
        await writeFile(pack, damage(Buffer.from(bytes)));
        await run.close();
        await expect(run.records.read(5).then(() => run.records.read(11))).rejects.toThrow(
          'meander resume DIR --check sets it aside',
        );
        const quarantined = await run.records.quarantineDamaged();
        expect(quarantined).toHaveLength(1);
        expect(await readdir(join(run.path, 'records'))).toContain(quarantined[0].split('/').at(-1));
        const done = await run.records.finished();
        expect([...done.keys()].filter((task) => done[task] === 0)).toEqual(lost);
        for (const task of lost) run.records.write(task, { task });
        await run.records.removeTempFiles();
        expect((await readFile(pack)).equals(bytes)).toBe(true);
        expect(await run.records.quarantineDamaged()).toEqual([]);
      }
    });
  });
});
