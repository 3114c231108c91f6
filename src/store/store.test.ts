import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inDirectory } from '../../test/support/directory.js';
import { decodeContainer, encodeContainer } from './container.node.js';
import { DamagedFileError, lockDirectory, RunDirectory, SHARD, type RunDescription } from './index.node.js';

const description: RunDescription = {
  name: 'test',
  meander: '1.2.3',
  commit: null,
  node: 'v0',
  seeds: [1],
  file: 'test.yaml',
  configuration: { a: 1 },
  quick: false,
  data: [],
};

const large = Float64Array.from({ length: 20_000 }, (_, i) => Math.sqrt(i));

const points = (count: number, replicas: number, taskReplicas: number) =>
  Array.from({ length: count }, (_, k) => ({
    replicas,
    taskReplicas,
    steps: 10,
    content: { k, small: Float64Array.of(k, -0), large },
  }));

const inRun = (count: number, replicas: number, body: (run: RunDirectory) => Promise<void>): Promise<void> =>
  inDirectory({}, async (directory) => {
    const run = await RunDirectory.create(
      join(directory, 'run'),
      () => description,
      'text',
      points(count, replicas, 4),
    );
    await body(run);
    await run.close();
  });

describe('a container', () => {
  const value = {
    numbers: [0, -0, NaN, Infinity, -Infinity, 0.1 + 0.2, 5e-324],
    arrays: {
      f64: Float64Array.of(NaN, -0),
      i32: Int32Array.of(-1),
      u8: Uint8Array.of(1, 2, 3),
      f32: Float32Array.of(1),
    },
    nothing: null,
    text: 'ü',
  };
  const bytes = encodeContainer('record', { ...value, left: undefined });

  it('gives back every bit of plain data', () => {
    expect(decodeContainer('x', 'record', bytes)).toStrictEqual(value);
  });

  it('is never taken for what it is not: every cut and every changed byte is told', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeContainer('x', 'record', bytes.subarray(0, length))).toThrow(DamagedFileError);
    }
    for (let at = 0; at < bytes.length; at++) {
      const changed = Uint8Array.from(bytes);
      changed[at] ^= 4;
      expect(() => decodeContainer('x', 'record', changed), `byte ${at}`).toThrow(DamagedFileError);
    }
    expect(() => decodeContainer('x', 'checkpoint', bytes)).toThrow('x: is no checkpoint');
  });
});

describe('a run directory', () => {
  it('keeps its points, and what they share once', async () => {
    await inRun(3, 10, async (run) => {
      expect(await run.point(2)).toStrictEqual({ k: 2, small: Float64Array.of(2, -0), large });
      expect((await readFile(join(run.path, 'points.bin'))).length).toBeLessThan(3000);
      expect(run.manifest).toMatchObject({ ...description, points: 3, tasks: 9 });
      expect([0, 2, 3, 8].map((task) => run.place(task))).toEqual([
        { point: 0, first: 0, count: 4 },
        { point: 0, first: 8, count: 2 },
        { point: 1, first: 0, count: 4 },
        { point: 2, first: 8, count: 2 },
      ]);
      expect(run.manifest.id).toBe(RunDirectory.idOf(points(3, 10, 4)));
      expect(run.manifest.id).not.toBe(RunDirectory.idOf(points(3, 10, 5)));
      expect(await readFile(join(run.path, 'test.yaml'), 'utf8')).toBe('text');
    });
  });

  it('is refused where something is, and where its files are damaged or of another format', async () => {
    await inRun(3, 10, async (run) => {
      const again = RunDirectory.create(run.path, () => description, 'text', points(1, 4, 4));
      await expect(again).rejects.toThrow('is not empty; nothing is overwritten');
      const manifest = join(run.path, 'manifest.json');
      const text = await readFile(manifest, 'utf8');
      for (const [content, message] of [
        [text.replace('"format": 1', '"format": 2'), 'has the format 2, this version of Meander reads 1'],
        [text.slice(0, 50), 'is damaged: it is not valid JSON'],
        [text.replace('"tasks": 9', '"tasks": "x"'), 'is damaged: tasks'],
        [text.replace('"tasks": 9', '"tasks": 8'), 'do not belong together'],
      ]) {
        await writeFile(manifest, content);
        await expect(RunDirectory.open(run.path)).rejects.toThrow(message);
        expect(await readFile(manifest, 'utf8')).toBe(content);
      }
    });
  });

  it('tells a damaged point', async () => {
    await inRun(3, 10, async (run) => {
      const path = join(run.path, 'points.bin');
      const bytes = await readFile(path);
      bytes[bytes.length - 200] ^= 1;
      await writeFile(path, bytes);
      await expect(run.point(2)).rejects.toThrow('(point 2): is damaged');
      await truncate(path, bytes.length - 10);
      await expect(run.point(2)).rejects.toThrow('(point 2): is cut short');
    });
  });
});

describe('records', () => {
  it('are found one by one and packed', async () => {
    await inRun(300, 16, async ({ records, path, manifest }) => {
      const tasks = 300 * 4;
      // Not by `write`, which waits for the disk each time.
      const bytesOf = (task: number) =>
        encodeContainer('record', { run: manifest.id, task, result: { task, half: Float64Array.of(task / 2) } });
      for (let task = 0; task < tasks; task++) {
        const [shard, place] = [`00000${Math.floor(task / SHARD)}`, String(task % SHARD).padStart(3, '0')];
        if (place === '000') await mkdir(join(path, 'records', shard));
        if (task !== 1100) await writeFile(join(path, 'records', shard, `${place}.record`), bytesOf(task));
      }
      const seen = async (): Promise<number[]> =>
        [...(await records.finished()).keys()].filter((task) => done[task] === 0);
      let done = await records.finished();
      expect(await seen()).toEqual([1100]);
      await records.tidy();
      done = await records.finished();
      expect(await seen()).toEqual([1100]);
      for (const task of [0, 1, SHARD - 1, SHARD, 1199, 500]) {
        expect(await records.read(task)).toStrictEqual({ task, half: Float64Array.of(task / 2) });
      }
      await expect(records.read(1100)).rejects.toThrow('is missing: the task is not finished');
      // Written again after it was packed: found once, and gone after the next packing.
      records.write(3, { task: 3, half: Float64Array.of(1.5) });
      await records.tidy();
      records.write(1100, {});
      await records.pack(1);
      expect((await records.finished()).every((is) => is === 1)).toBe(true);
      const pack = join(path, 'records/000001.pack');
      await truncate(pack, (await readFile(pack)).length - 1);
      await records.close();
      await expect(records.read(1199)).rejects.toThrow('000001.pack (task 1199): is cut short');
    });
  });

  it('that are damaged, or of another run or task, are told and left as they are', async () => {
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

  it('and checkpoints that cannot be used are not used', async () => {
    await inRun(1, 8, async (run) => {
      run.keepCheckpoint(1, { steps: 5 });
      expect(await run.checkpoint(1)).toEqual({ steps: 5 });
      expect(await run.checkpoint(0)).toBeNull();
      const path = join(run.path, 'checkpoints/1.checkpoint');
      await truncate(path, 90);
      expect(await run.checkpoint(1)).toBeNull();
    });
  });
});

describe('the lock of a directory', () => {
  const lockFile = (directory: string, holder: object) => writeFile(join(directory, 'lock'), JSON.stringify(holder));

  it('is held by one, and named to the other', async () => {
    await inDirectory({}, async (directory) => {
      const lock = await lockDirectory(directory, 'sweep');
      await expect(lockDirectory(directory, 'resume')).rejects.toThrow(
        `is in use by "meander sweep", process ${process.pid}`,
      );
      await lock.release();
      await (await lockDirectory(directory, 'resume')).release();
    });
  });

  it('falls to the next when its holder was killed, and to one of many that want it', async () => {
    await inDirectory({}, async (directory) => {
      const own = await lockDirectory(directory, 'sweep');
      const holder = JSON.parse(await readFile(join(directory, 'lock'), 'utf8')) as object;
      await own.release();
      // The number of this process, but of one that began at another time.
      await lockFile(directory, { ...holder, token: 'dead', started: '1' });
      const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockDirectory(directory, 'resume')));
      const taken = tries.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      expect(taken).toHaveLength(1);
      await taken[0].release();
    });
  });

  it('of another machine is respected while it shows life', async () => {
    await inDirectory({}, async (directory) => {
      await lockFile(directory, { token: 'other', host: 'elsewhere', pid: 1, command: 'sweep' });
      await expect(lockDirectory(directory, 'resume')).rejects.toThrow('process 1 on elsewhere');
    });
  });

  it('cannot be had where nothing is', async () => {
    await inDirectory({}, async (directory) => {
      await mkdir(join(directory, 'lock'));
      await expect(lockDirectory(directory, 'resume')).rejects.toThrow('is in use; wait for it');
      await expect(lockDirectory(join(directory, 'missing'), 'resume')).rejects.toThrow('cannot be written');
    });
  });
});
