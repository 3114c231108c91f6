import { createHash } from 'node:crypto';
import {
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { canMount, inDirectory, onSmallDisk } from '../../test/support/directory.js';
import { decodeContainer, encodeContainer } from './container.node.js';
import {
  DamagedFileError,
  encodeRecord,
  lockDirectory,
  RunDirectory,
  SHARD,
  type RunDescription,
} from './index.node.js';

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
    const path = join(directory, 'run');
    await RunDirectory.create(path, () => description, 'text', points(count, replicas, 4));
    await RunDirectory.use(path, body);
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

  it.skipIf(process.platform !== 'linux')('leaves no file open, whatever becomes of the work on it', async () => {
    await inRun(3, 10, async ({ path }) => {
      const held = async (): Promise<string[]> => {
        const links = (await readdir('/proc/self/fd')).map((name) => readlink(`/proc/self/fd/${name}`).catch(() => ''));
        return (await Promise.all(links)).filter((link) => link.startsWith(path)).map((link) => basename(link));
      };
      const broken = RunDirectory.use(path, async (run) => {
        for (let task = 0; task < 9; task++) run.records.write(task, task);
        await run.records.pack(0);
        // Twice at once: one file.
        await Promise.all([run.point(0), run.point(1), run.records.read(5)]);
        expect((await held()).sort()).toEqual(['000000.pack', 'points.bin']);
        throw new Error('broken');
      });
      await expect(broken).rejects.toThrow('broken');
      expect(await held()).toEqual([]);
    });
  });

  it('is made in an empty directory too, by whatever name', async () => {
    await inDirectory({}, async (directory) => {
      await mkdir(join(directory, 'empty'));
      await symlink(join(directory, 'empty'), join(directory, 'link'));
      const create = () => RunDirectory.create(join(directory, 'link'), () => description, 'text', points(1, 4, 4));
      await create();
      expect((await RunDirectory.open(join(directory, 'empty'))).manifest.tasks).toBe(1);
      expect((await readdir(join(directory, 'empty'))).filter((name) => name.endsWith('.part'))).toEqual([]);
      await expect(create()).rejects.toThrow('is not empty');
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
      const missing = async (): Promise<number[]> => {
        const done = await records.finished();
        return [...done.keys()].filter((task) => done[task] === 0);
      };
      expect(await missing()).toEqual([1100]);
      await records.removeTempFiles();
      expect(await missing()).toEqual([1100]);
      expect((await readdir(join(path, 'records'))).sort()).toEqual(['000000.pack', '000001']);
      for (const task of [0, 1, SHARD - 1, SHARD, 1199, 500]) {
        expect(await records.read(task)).toStrictEqual({ task, half: Float64Array.of(task / 2) });
      }
      await expect(records.read(1100)).rejects.toThrow('is missing: the task is not finished');
      // Written again after it was packed: found once, and gone after the next packing.
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

  it('are all kept when several processes pack them and removeTempFiles up at once', async () => {
    await inRun(10, 24, async (run) => {
      // Not by `write`, which waits for the disk each time.
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
        // Some packers lose their unfinished files to those who removeTempFiles up, and say so; records must stay.
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
    `are all kept when the disk is full while they are packed${canMount ? '' : ' (skipped: nothing can be mounted)'}`,
    async () => {
      await inDirectory({}, async (directory) => {
        await onSmallDisk(directory, '1500k', async () => {
          await RunDirectory.create(join(directory, 'run'), () => description, 'text', points(1, 40, 4));
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

  it('that are damaged are set aside, of a pack no other than those', async () => {
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
        const aside = await run.records.quarantineDamaged();
        expect(aside).toHaveLength(1);
        expect(await readdir(join(run.path, 'records'))).toContain(aside[0].split('/').at(-1));
        const done = await run.records.finished();
        expect([...done.keys()].filter((task) => done[task] === 0)).toEqual(lost);
        for (const task of lost) run.records.write(task, { task });
        await run.records.removeTempFiles();
        expect((await readFile(pack)).equals(bytes)).toBe(true);
        expect(await run.records.quarantineDamaged()).toEqual([]);
      }
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

  it('of another machine, or one that was cut short, is respected while it shows life', async () => {
    await inDirectory({}, async (directory) => {
      const other = JSON.stringify({ token: 'other', host: 'elsewhere', pid: 1, command: 'sweep' });
      for (const [text, message] of [
        [other, 'process 1 on elsewhere'],
        ['', 'lock: cannot be read as a lock; remove it if no process works on the directory'],
      ]) {
        const path = join(directory, 'lock');
        await writeFile(path, text);
        await expect(lockDirectory(directory, 'resume')).rejects.toThrow(message);
        expect(await readFile(path, 'utf8')).toBe(text);
        await age(path);
        const takeoverFile = `${path}.${createHash('sha256').update(text).digest('hex').slice(0, 16)}.part`;
        // One of a third machine died while it took over.
        await writeFile(takeoverFile, other.replace('elsewhere', 'third'));
        await age(takeoverFile);
        await (await lockDirectory(directory, 'resume')).release();
        expect(await readdir(directory)).toEqual([]);
      }
    });
  });

  it('shows life by the clock of the file system, and is never given life when another one has it', async () => {
    await inDirectory({}, async (directory) => {
      const path = join(directory, 'lock');
      const lock = await lockDirectory(directory, 'sweep', 20);
      await age(path);
      await vi.waitFor(async () => {
        expect(Date.now() - (await stat(path)).mtimeMs).toBeLessThan(60_000);
      });
      await writeFile(join(directory, 'new'), 'of another');
      await rename(join(directory, 'new'), path);
      await vi.waitFor(() => {
        expect(lock.lost.aborted).toBe(true);
      });
      await lock.release();
      expect(await readFile(path, 'utf8')).toBe('of another');
    });
  });

  it('cannot be had where nothing is', async () => {
    await inDirectory({}, async (directory) => {
      await mkdir(join(directory, 'lock'));
      await expect(lockDirectory(directory, 'resume')).rejects.toThrow('cannot be read as a lock');
      await expect(lockDirectory(join(directory, 'missing'), 'resume')).rejects.toThrow('cannot be written');
    });
  });
});

/** As if it had been changed ten minutes ago. */
const age = (path: string): Promise<void> => utimes(path, new Date(), new Date(Date.now() - 600_000));
