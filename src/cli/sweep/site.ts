import { InvalidInputError } from '#core';
import { siteOf, type Site } from '#execute';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

/** Options about the cluster, which go over the site profile. */
export interface SiteOptions {
  readonly executor?: string;
  readonly profile?: string;
  readonly partition?: string;
  readonly account?: string;
  readonly time?: string;
  readonly memory?: string;
  readonly cpus?: number;
  readonly arrayLimit?: number;
  readonly arrayTasks?: number;
  readonly warning?: number;
}

/** The site that options and profile describe; what they leave out is as in `before`. null for the local executor. */
export async function siteFrom(options: SiteOptions, before: Site | null = null): Promise<Site | null> {
  const { profile, partition, account, time, memory, cpus, arrayLimit, arrayTasks, warning } = options;
  const given = profile === undefined ? before : await profileOf(profile);
  const executor = options.executor ?? (given as { executor?: string } | null)?.executor ?? before?.executor;
  const over = { executor, partition, account, time, memory, cpus, arrayLimit, arrayTasks, warning };
  if (executor === undefined || executor === 'local') {
    const key = Object.entries({ ...over, profile }).find(
      ([name, value]) => name !== 'executor' && value !== undefined,
    )?.[0];
    if (key === undefined) return null;
    throw new InvalidInputError(
      `--${key.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)} needs --executor slurm or template`,
    );
  }
  if (executor !== 'slurm' && executor !== 'template') {
    throw new InvalidInputError(`--executor ${executor}: expected local, slurm or template`);
  }
  return siteOf(profile ?? `--executor ${executor}`, given, over);
}

async function profileOf(file: string): Promise<unknown> {
  try {
    return parse(await readFile(file, 'utf8')) as unknown;
  } catch (error) {
    throw new InvalidInputError(
      `${file}: cannot be read as a site profile: ${(error as Error).message.split('\n')[0]}`,
    );
  }
}
