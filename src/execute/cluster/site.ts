import { InvalidInputError } from '#core';
import { z } from 'zod';

const text = z.string().min(1);

/** How jobs are submitted at a site: the content of a site profile, over which options of the command line go. */
const siteSchema = z.strictObject({
  executor: z.enum(['slurm', 'template']).default('slurm'),
  partition: text.optional(),
  account: text.optional(),
  qos: text.optional(),
  /** Time limit of an element, in a form that the scheduler takes. */
  time: text.optional(),
  memory: text.optional(),
  /** Processors of one element, and so its worker processes. */
  cpus: z.int().min(1).max(1024).default(1),
  /** Elements that may run at once. */
  arrayLimit: z.int().min(1).optional(),
  /** Elements of all arrays together that tasks are packed into. */
  elements: z.int().min(1).max(1_000_000).default(1000),
  /** Seconds before the time limit at which an element keeps its state and is queued again. */
  warning: z.int().min(10).max(3600).default(90),
  /** Further options of sbatch, and lines of the job script before Meander, such as module load. */
  options: z.array(text).default([]),
  setup: z.array(text).default([]),
  /** For the executor template: see docs/sweeps.md. */
  submit: text.optional(),
  jobPattern: text.default('(\\d+)'),
  elementVariable: text.optional(),
  firstElement: z.int().min(0).max(1).default(0),
  list: text.optional(),
  cancel: text.optional(),
});

export type Site = z.infer<typeof siteSchema>;

/** Validates a profile with what goes over it. `name` says where it stands. Throws InvalidInputError. */
export function siteOf(name: string, profile: unknown, over: Readonly<Record<string, unknown>> = {}): Site {
  if (profile !== null && profile !== undefined && typeof profile !== 'object') {
    throw new InvalidInputError(`${name}: expected keys of a site profile, such as partition and time`);
  }
  const given = Object.fromEntries(Object.entries(over).filter(([, value]) => value !== undefined));
  const result = siteSchema.safeParse({ ...(profile ?? {}), ...given });
  if (!result.success) {
    const [{ path, message }] = result.error.issues;
    throw new InvalidInputError(`${name}: ${path.join('.') || 'profile'}: ${message}`);
  }
  const site = result.data;
  if (site.executor === 'template' && site.submit === undefined) {
    throw new InvalidInputError(`${name}: submit: is missing, expected the command that submits {script}`);
  }
  if (site.executor === 'template' && site.elementVariable === undefined && !site.submit?.includes('{element}')) {
    throw new InvalidInputError(
      `${name}: expected elementVariable, the variable that holds the number of an array's element, or {element} in submit`,
    );
  }
  return site;
}
