import { mkdir, readdir, readFile, readlink, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inDirectory, makePipe } from '../../../test/support/directory.js';
import { description, inRun, largeArray, storedPoints } from '../../../test/support/run-directories.js';
import { tempDirectoryPath } from '../files/temp-directory.node.js';
import { RunDirectory } from './run-directory.node.js';

describe('a run directory', () => {
  it('returns its points, stores a shared array once, and maps tasks to replicas', async () => {
    await inRun(3, 10, async (run) => {
      expect(await run.point(2)).toStrictEqual({ k: 2, small: Float64Array.of(2, -0), large: largeArray });
      expect((await readFile(join(run.path, 'points.bin'))).length).toBeLessThan(3000);
      expect(run.manifest).toMatchObject({ ...description, points: 3, tasks: 9 });
      expect([0, 2, 3, 8].map((task) => run.place(task))).toEqual([
        { point: 0, first: 0, count: 4 },
        { point: 0, first: 8, count: 2 },
        { point: 1, first: 0, count: 4 },
        { point: 2, first: 8, count: 2 },
      ]);
      expect(run.manifest.id).toBe(RunDirectory.idOf(storedPoints(3, 10, 4)));
      expect(run.manifest.id).not.toBe(RunDirectory.idOf(storedPoints(3, 10, 5)));
      expect(await readFile(join(run.path, 'test.yaml'), 'utf8')).toBe('text');
    });
  });

  it('says which of its files is a directory, a device or a pipe, without opening it', async () => {
    const others: [put: (path: string) => unknown, reason: string][] = [
      [(path) => mkdir(path), 'found a directory'],
      [(path) => symlink('/dev/zero', path), 'it is a device or a pipe, not a file'],
      [makePipe, 'it is a device or a pipe, not a file'],
    ];
    for (const [put, reason] of others) {
      await inRun(1, 8, async (run) => {
        run.records.write(0, 'result');
        for (const [name, read] of [
          ['points.bin', () => RunDirectory.use(run.path, (opened) => opened.point(0))],
          ['records/000000/000.record', () => RunDirectory.use(run.path, (opened) => opened.records.read(0))],
          ['records/000000.pack', () => RunDirectory.use(run.path, (opened) => opened.records.read(1))],
          ['checksums.sha256', () => RunDirectory.open(run.path)],
          ['points.index', () => RunDirectory.open(run.path)],
          ['manifest.json', () => RunDirectory.open(run.path)],
        ] as const) {
          const path = join(run.path, name);
          const before = await readFile(path).catch(() => null);
          await rm(path, { force: true });
          await put(path);
          await expect(read(), name).rejects.toThrow(`${path}: cannot be read: ${reason}`);
          await rm(path, { recursive: true });
          if (before) await writeFile(path, before);
        }
      });
    }
  });

  it('is not created where something is, and not opened if its manifest is damaged or of another format', async () => {
    await inRun(3, 10, async (run) => {
      const again = RunDirectory.create(run.path, () => description, 'text', storedPoints(1, 4, 4));
      await expect(again).rejects.toThrow('is not empty; nothing is overwritten');
      const manifest = join(run.path, 'manifest.json');
      const text = await readFile(manifest, 'utf8');
      for (const [content, message] of [
        [text.replace('"format": 3', '"format": 1'), 'has the format 1, this version of Meander reads 3'],
        [text.slice(0, 50), 'is damaged: it is not valid JSON'],
        [text.replace('"tasks": 9', '"tasks": "x"'), 'is damaged: tasks'],
        [text.replace('"tasks": 9', '"tasks": 8'), 'do not match'],
      ]) {
        await writeFile(manifest, content);
        await expect(RunDirectory.open(run.path)).rejects.toThrow(message);
        expect(await readFile(manifest, 'utf8')).toBe(content);
      }
    });
  });

  it.skipIf(process.platform !== 'linux')('leaves no file open when the work on it fails', async () => {
    await inRun(3, 10, async ({ path }) => {
      const held = async (): Promise<string[]> => {
        const links = (await readdir('/proc/self/fd')).map((name) => readlink(`/proc/self/fd/${name}`).catch(() => ''));
        return (await Promise.all(links)).filter((link) => link.startsWith(path)).map((link) => basename(link));
      };
      const broken = RunDirectory.use(path, async (run) => {
        for (let task = 0; task < 9; task++) run.records.write(task, task);
        await run.records.pack(0);
        // Two reads at once open one file.
        await Promise.all([run.point(0), run.point(1), run.records.read(5)]);
        expect((await held()).sort()).toEqual(['000000.pack', 'points.bin']);
        throw new Error('broken');
      });
      await expect(broken).rejects.toThrow('broken');
      expect(await held()).toEqual([]);
    });
  });

  it('can be created in an empty directory, also through a symbolic link', async () => {
    await inDirectory({}, async (directory) => {
      await mkdir(join(directory, 'empty'));
      await symlink(join(directory, 'empty'), join(directory, 'link'));
      const create = () =>
        RunDirectory.create(join(directory, 'link'), () => description, 'text', storedPoints(1, 4, 4));
      await create();
      expect((await RunDirectory.open(join(directory, 'empty'))).manifest.tasks).toBe(1);
      expect((await readdir(join(directory, 'empty'))).filter((name) => name.endsWith('.part'))).toEqual([]);
      await expect(create()).rejects.toThrow('is not empty');
    });
  });

  it('reports a damaged and a truncated point', async () => {
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

  it('reports a manifest or an experiment file that is not as it was written', async () => {
    for (const name of ['manifest.json', 'test.yaml', 'checksums.sha256']) {
      await inRun(3, 10, async ({ path }) => {
        const file = join(path, name);
        const text = await readFile(file, 'utf8');
        await writeFile(file, name === 'manifest.json' ? text.replace('"name": "test"', '"name": "tesu"') : `x${text}`);
        await expect(RunDirectory.open(path)).rejects.toThrow(
          new RegExp(`${name}: is (not as it was written|damaged)`),
        );
      });
    }
  });

  it('removes directories that ended processes left unfinished, and no others', async () => {
    await inRun(3, 10, async (run) => {
      const living = basename(tempDirectoryPath(join(run.path, 'trajectories.zarr')));
      const foreign = living.replace(hostname().replaceAll(/[^\w-]/g, '-'), 'elsewhere');
      const ended = living.replace(`.${process.pid}.`, '.4194305.');
      for (const name of [living, foreign, ended, '.run.x.part']) {
        await mkdir(join(run.path, name, 'point-0'), { recursive: true });
      }
      await run.removeTempFiles();
      const left = (await readdir(run.path)).filter((name) => name.endsWith('.part'));
      expect(left.sort()).toEqual([foreign, living].sort());
    });
  });

  it('is created where a process was killed while it created one, and not where anything else is', async () => {
    const create = (path: string) =>
      RunDirectory.create(path, () => ({ ...description, file: 'experiment.yaml' }), 'text', storedPoints(1, 4, 4));
    await inDirectory({}, async (directory) => {
      const path = join(directory, 'run');
      const left = basename(tempDirectoryPath(join(path, 'run'))).replace(`.${process.pid}.`, '.4194305.');
      await mkdir(join(path, left, 'logs'), { recursive: true });
      await mkdir(join(path, 'records'));
      await writeFile(join(path, 'points.bin'), 'cut sh');
      await writeFile(join(path, 'mine.txt'), 'kept');
      await expect(create(path)).rejects.toThrow('is not empty');
      expect((await readdir(path)).sort()).toEqual([left, 'mine.txt', 'points.bin', 'records']);
      await rm(join(path, 'mine.txt'));
      await create(path);
      expect((await RunDirectory.open(path)).manifest.tasks).toBe(1);
      expect(await readdir(path)).not.toContain(left);
    });
  });
});
