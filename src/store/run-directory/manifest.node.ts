import { InvalidInputError } from '#core';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readPlainFile } from '#core/node';

/** Version of the layout of a run directory, docs/run-directory.md. */
export const RUN_FORMAT = 3;

const manifestSchema = z.object({
  format: z.literal(RUN_FORMAT),
  /** SHA-256 of points.bin and of how the points are split into tasks: of what fixes every number of the results. */
  id: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string(),
  /** Version of Meander that created the run, its commit if it ran from a clone, and the version of Node. */
  meander: z.string(),
  commit: z.string().nullable(),
  node: z.string(),
  seeds: z.array(z.number()),
  points: z.int().min(1),
  tasks: z.int().min(1),
  /** Name of the experiment file in the directory, its content with all defaults, and the SHA-256 of its data files. */
  file: z.string(),
  configuration: z.unknown(),
  /** Run with --quick: at three times the target error of the configuration. */
  quick: z.boolean().default(false),
  /** What a finished run gets besides its table: a report, with the theory of this order in the learning rate. */
  report: z.enum(['automatic', 'leading', 'next']).nullable().default(null),
  /** Whether the trajectories of that report have all hidden units, not those that were simulated. */
  allUnits: z.boolean().default(false),
  data: z.array(z.object({ name: z.string(), sha256: z.string() })),
  /** The rule file: its name as the experiment gave it, what models call its rule, and the SHA-256 of the code in the directory. */
  rule: z
    .object({ file: z.string(), key: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })
    .nullable()
    .default(null),
});

/** What a run is: written once, never changed. */
export type Manifest = z.infer<typeof manifestSchema>;

export const MANIFEST = 'manifest.json';

/** Reads manifest.json. Throws InvalidInputError when the path is not a run directory, or one of another format. */
export async function readManifest(directory: string): Promise<Manifest> {
  const path = join(directory, MANIFEST);
  let text: string;
  try {
    text = (await readPlainFile(path)).toString();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    throw new InvalidInputError(missing ? await notRunDirectory(directory) : `${path}: cannot be read: ${message}`);
  }
  let content: unknown;
  try {
    content = JSON.parse(text) as unknown;
  } catch {
    throw new InvalidInputError(`${path}: is damaged: it is not valid JSON`);
  }
  const { format } = (content ?? {}) as { format?: unknown };
  if (typeof format === 'number' && format !== RUN_FORMAT) {
    throw new InvalidInputError(
      `${path}: has the format ${format}, this version of Meander reads ${RUN_FORMAT}; nothing was changed`,
    );
  }
  const result = manifestSchema.safeParse(content);
  if (result.success) return result.data;
  const [{ path: key, message }] = result.error.issues;
  throw new InvalidInputError(`${path}: is damaged: ${key.join('.') || 'content'}: ${message}`);
}

async function notRunDirectory(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  const what = found?.isDirectory()
    ? `is not a run directory: it has no ${MANIFEST}`
    : found
      ? 'is a file, expected a run directory'
      : 'there is no such directory';
  return `${path}: ${what}; meander sweep FILE --out DIR creates one`;
}

/** What fixes the numbers of a task: another version, or another commit, may compute different ones. */
type Origin = Pick<Manifest, 'meander' | 'commit'>;

/**
 * Throws InvalidInputError unless the run was created by this version of Meander: a table must not mix the numbers of
 * two. Commits are compared only if both are known (an installed package has none).
 */
export function assertSameOrigin(directory: string, created: Origin, now: Origin): void {
  const differ = created.meander !== now.meander || (created.commit && now.commit && created.commit !== now.commit);
  if (!differ) return;
  const named = ({ meander, commit }: Origin): string => (commit ? `${meander} (${commit})` : meander);
  throw new InvalidInputError(
    `${directory}: was created by Meander ${named(created)}, this is ${named(now)}; finish it with that version, or start a new directory`,
  );
}
