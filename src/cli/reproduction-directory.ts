import { InvalidInputError } from '#core';
import type { Finding, Setting } from '#reproduce';
import { claimDirectory, writeAtomically } from '#store';
import { mkdir, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

type Begun = Setting & { readonly claims: readonly string[] };

/** Where the findings of an unfinished reproduction are kept. */
interface ReproductionDirectory {
  /** Findings of earlier attempts by the name of their point. */
  known(): Promise<Map<string, Finding>>;
  /** Keeps the findings of a point, whole or not at all. */
  keep(name: string, finding: Finding): Promise<void>;
  /** The report is written: removes what was kept for going on. */
  finish(): Promise<void>;
}

/**
 * A new directory, or an unfinished one of the same setting to go on with. Throws InvalidInputError for any other directory that is
 * not empty: nothing is overwritten.
 */
export async function openReproduction(path: string, begun: Begun): Promise<ReproductionDirectory> {
  const points = join(path, 'unfinished');
  const settingFile = join(points, 'setting.json');
  const setting = `${JSON.stringify(begun, null, 1)}\n`;
  const before = await readFile(settingFile, 'utf8').catch(() => null);
  if (before === null) {
    // Killed before anything was kept: nothing is lost by beginning anew.
    await rmdir(points).catch(() => undefined);
    await claimDirectory(path);
    try {
      await mkdir(points);
      await writeAtomically(settingFile, setting);
    } catch (error) {
      throw new InvalidInputError(`${path}: cannot be written into: ${(error as Error).message}`);
    }
  } else if (before !== setting) {
    throw new InvalidInputError(
      `${path}: holds an unfinished reproduction of another setting (${describe(before)}), expected ${describe(setting)}; ` +
        'name another directory with --out',
    );
  }
  return {
    async known() {
      const names = (await readdir(points)).filter((name) => /^\d\w?-\d+\.json$/.test(name));
      const entries = names.map(async (name): Promise<[string, Finding]> => {
        return [name.replace('.json', ''), findingOf(join(points, name), await readFile(join(points, name), 'utf8'))];
      });
      return new Map(await Promise.all(entries));
    },
    keep: (name, finding) => writeAtomically(join(points, `${name}.json`), JSON.stringify(finding)),
    finish: () => rm(points, { recursive: true }),
  };
}

function findingOf(file: string, text: string): Finding {
  try {
    const finding = JSON.parse(text) as Partial<Finding>;
    if (!finding.record?.parameters || !finding.trail) throw new TypeError('parts are missing');
    return { record: finding.record, trail: finding.trail };
  } catch {
    throw new InvalidInputError(
      `${file}: is damaged, expected the findings of a point; remove it to simulate the point again`,
    );
  }
}

const describe = (setting: string): string => setting.replace(/[{}\s"]+/g, ' ').trim();
