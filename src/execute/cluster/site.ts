import { InvalidInputError, nearest } from '#core';
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
  /** Elements of all arrays together that tasks are packed into; by how much there is to do unless given. */
  elements: z.int().min(1).max(1_000_000).optional(),
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
    const [issue] = result.error.issues;
    if (issue.code === 'unrecognized_keys') throw new InvalidInputError(`${name}: ${unknownKey(issue.keys[0])}`);
    throw new InvalidInputError(`${name}: ${issue.path.join('.')}: ${issue.message}`);
  }
  const site = result.data;
  const wrong = mistakeIn(site);
  if (wrong !== null) throw new InvalidInputError(`${name}: ${wrong}`);
  return site;
}

function unknownKey(key: string): string {
  const known = Object.keys(siteSchema.shape);
  const meant = nearest(key, known);
  return `found ${key}, ${meant ? `did you mean ${meant}?` : `expected ${known.join(', ')}`}`;
}

/** What placeholders of each command may name. */
const PLACEHOLDERS = {
  submit: ['script', 'name', 'first', 'last', 'limit', 'log', 'cpus', 'partition', 'time', 'memory', 'element'],
  cancel: ['job'],
  list: [],
} as const;

/** What of the site cannot be used, in one sentence, before anything is made or submitted; null where all can. */
function mistakeIn(site: Site): string | null {
  const { executor, submit, elementVariable, jobPattern, options, time, warning } = site;
  const own = options.find((option) => option.split(/\s+/).some(isOwn));
  if (own !== undefined) return `options: found ${own}, which Meander sets itself`;
  const limit = secondsOf(time);
  if (executor === 'slurm' && time !== undefined && limit === null && !/^(unlimited|infinite)$/i.test(time)) {
    return `time: found ${time}, expected a limit such as 90 (minutes), 12:00:00 or 2-00:00:00`;
  }
  if (executor === 'slurm' && limit !== null && limit > 0 && limit <= warning) {
    return `time: ${time} is not longer than the warning, ${warning} s before it; give a longer time or a smaller warning`;
  }
  if (executor === 'slurm') return null;
  if (submit === undefined) return 'submit: is missing, expected the command that submits {script}';
  if (elementVariable === undefined && !submit.includes('{element}')) {
    return "expected elementVariable, the variable that holds the number of an array's element, or {element} in submit";
  }
  for (const [key, known] of Object.entries(PLACEHOLDERS)) {
    const command = site[key as keyof typeof PLACEHOLDERS] ?? '';
    const stray = placeholdersIn(command).find((found) => !(known as readonly string[]).includes(found));
    if (stray !== undefined) {
      const some = known.length > 0 ? `one of {${known.join('}, {')}}` : 'none';
      return `${key}: found {${stray}}, expected ${some}`;
    }
  }
  try {
    // With an empty alternative every pattern matches, and tells its groups.
    const groups = (new RegExp(`${jobPattern}|`).exec('')?.length ?? 1) - 1;
    return groups > 0 ? null : `jobPattern: ${jobPattern} has no group (...) around the number of the job`;
  } catch (error) {
    return `jobPattern: ${(error as Error).message}`;
  }
}

/** Options of sbatch by which Meander finds its elements again, and those of one letter. */
const OWN_OPTIONS = ['job-name', 'array', 'signal', 'output', 'open-mode', 'requeue', 'no-requeue', 'wrap', 'clusters'];
const OWN_LETTERS = /^-[JaoM]/;

/** sbatch takes an option by as many of its first letters as tell it from others. */
function isOwn(word: string): boolean {
  const name = /^--([a-z-]+)/.exec(word)?.[1];
  return name === undefined ? OWN_LETTERS.test(word) : OWN_OPTIONS.some((own) => own.startsWith(name));
}

/** Seconds of a time limit as SLURM takes it (M, M:S, H:M:S, D-H, D-H:M, D-H:M:S); null where it is none; 0 is no limit. */
function secondsOf(time: string | undefined): number | null {
  const parts = /^(?:(\d+)-)?(\d+)(?::(\d+))?(?::(\d+))?$/.exec(time ?? '');
  if (!parts) return null;
  const [days, a, b, c] = parts.slice(1).map((text: string | undefined) => (text === undefined ? null : Number(text)));
  if (days !== null) return 86_400 * days + 3600 * (a ?? 0) + 60 * (b ?? 0) + (c ?? 0);
  if (b === null) return 60 * (a ?? 0);
  return c === null ? 60 * (a ?? 0) + b : 3600 * (a ?? 0) + 60 * b + c;
}

const PLACEHOLDER = /\{(\w+)\}/g;

const placeholdersIn = (command: string): string[] => [...command.matchAll(PLACEHOLDER)].map(([, key]) => key);

/** A command with its placeholders filled; all of them are known. */
export const filled = (command: string, values: Readonly<Record<string, string>>): string =>
  command.replace(PLACEHOLDER, (_, key: string) => values[key]);
