import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inDirectory } from '../../../test/support/directory.js';
import { assertReplaceable, writeDirectory } from './directory.js';

const filling =
  (text: string) =>
  (directory: string): Promise<void> =>
    writeFile(join(directory, 'methods.txt'), text);

describe('a directory of an analysis', () => {
  it('appears with the checksums of its files, in new directories too, and is then replaced', () =>
    inDirectory({}, async (parent) => {
      const path = join(parent, 'deep/out');
      for (const text of ['first', 'second']) {
        await writeDirectory(path, filling(text));
        expect(readFileSync(join(path, 'methods.txt'), 'utf8')).toBe(text);
        expect(readFileSync(join(path, 'checksums.sha256'), 'utf8')).toMatch(/^[0-9a-f]{64} {2}methods\.txt\n$/);
      }
      expect(readdirSync(join(parent, 'deep'))).toEqual(['out']);
    }));

  it('may be one that is empty, which stays the same directory', () =>
    inDirectory({}, async (parent) => {
      const path = join(parent, 'out');
      mkdirSync(path);
      symlinkSync(path, join(parent, 'link'));
      await writeDirectory(join(parent, 'link'), filling('text'));
      expect(readFileSync(join(path, 'methods.txt'), 'utf8')).toBe('text');
      expect(readdirSync(parent).sort()).toEqual(['link', 'out']);
    }));

  it('stays as it was where the next one fails', () =>
    inDirectory({}, async (parent) => {
      const path = join(parent, 'out');
      await writeDirectory(path, filling('first'));
      const fails = async (directory: string): Promise<void> => {
        await filling('second')(directory);
        throw new Error('interrupted');
      };
      await expect(writeDirectory(path, fails)).rejects.toThrow('interrupted');
      expect(readFileSync(join(path, 'methods.txt'), 'utf8')).toBe('first');
      expect(readdirSync(parent)).toEqual(['out']);
    }));

  it('is refused where a file was changed or added, or where it is none', () =>
    inDirectory({ file: 'text' }, async (parent) => {
      const path = join(parent, 'out');
      await writeDirectory(path, filling('text'));
      await expect(assertReplaceable(path)).resolves.toBe('analysis');
      writeFileSync(join(path, 'own.txt'), '');
      await expect(assertReplaceable(path)).rejects.toThrow('is not empty, and not the unchanged output');
      await expect(assertReplaceable(join(parent, 'file'))).rejects.toThrow('is a file, expected the name of a new');
    }));
});
