import { InvalidInputError } from '#core';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Version of the layout of a run directory, docs/run-directory.md. */
export const RUN_FORMAT = 1;

const manifestSchema = z.object({
  format: z.literal(RUN_FORMAT),
  /** SHA-256 of the points, as they stand in points.bin, and of how they are cut: what fixes every number of the results. */
  id: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string(),
  /** Version of Meander that began the run, the commit of its source where it runs from one, and that of Node. */
  meander: z.string(),
  commit: z.string().nullable(),
  node: z.string(),
  seeds: z.array(z.number()),
  points: z.int().min(1),
  tasks: z.int().min(1),
  /** The experiment file in the directory, its content with all defaults, and the SHA-256 of the data files it names. */
  file: z.string(),
  configuration: z.unknown(),
  /** Run with --quick: with three times the target error that the configuration names. */
  quick: z.boolean().default(false),
  data: z.array(z.object({ name: z.string(), sha256: z.string() })),
});

/** What a run is: written once, never changed. */
export type Manifest = z.infer<typeof manifestSchema>;

export const MANIFEST = 'manifest.json';

/** Reads manifest.json. Throws InvalidInputError when the path is no run directory, or one of another format. */
export async function readManifest(directory: string): Promise<Manifest> {
  const path = join(directory, MANIFEST);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    throw new InvalidInputError(
      missing
        ? `${directory}: is no run directory: it has no ${MANIFEST}; meander sweep FILE --out DIR makes one`
        : `${path}: cannot be read: ${message}`,
    );
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

/** What makes numbers: two versions, or two commits of one, may make different ones of the same task. */
type Origin = Pick<Manifest, 'meander' | 'commit'>;

/**
 * Throws InvalidInputError unless the same version of Meander began the run, for one table must not hold the numbers of two.
 * Where one of them has no commit (a package, a node without git), the version decides.
 */
export function requireOrigin(directory: string, began: Origin, now: Origin): void {
  const differ = began.meander !== now.meander || (began.commit && now.commit && began.commit !== now.commit);
  if (!differ) return;
  const named = ({ meander, commit }: Origin): string => (commit ? `${meander} (${commit})` : meander);
  throw new InvalidInputError(
    `${directory}: was begun by Meander ${named(began)}, this is ${named(now)}; finish it with that version, or begin a new directory`,
  );
}
