import { placeholdersIn } from './placeholders.js';
import type { Site } from './site-schema.js';

/** Placeholders that each command may contain. */
const PLACEHOLDERS = {
  submit: ['script', 'name', 'first', 'last', 'limit', 'log', 'cpus', 'partition', 'time', 'memory', 'arrayTask'],
  cancel: ['job'],
  list: [],
} as const;

/** Keys that stand in a line of the job script. */
const WORDS = ['partition', 'account', 'qos', 'time', 'memory'] as const;

/** What is wrong with a site, in one sentence, before anything is written or submitted; null if nothing is. */
export function siteMistake(site: Site): string | null {
  const reserved = site.options.find((option) => option.split(/\s+/).some(isReserved));
  if (reserved !== undefined) return `options: found ${reserved}, which Meander sets itself`;
  for (const key of WORDS) {
    // Each becomes a line of the job script, or part of one.
    if (/[\r\n\0]/.test(site[key] ?? '')) return `${key}: found a line break, expected one line`;
  }
  return site.executor === 'slurm' ? slurmMistake(site) : templateMistake(site);
}

function slurmMistake({ time, warning }: Site): string | null {
  const limit = secondsOf(time);
  if (time !== undefined && limit === null && !/^(unlimited|infinite)$/i.test(time)) {
    return `time: found ${time}, expected a limit such as 90 (minutes), 12:00:00 or 2-00:00:00`;
  }
  if (limit !== null && limit > 0 && limit <= warning) {
    return `time: ${time} is not longer than the warning, ${warning} s before it; give a longer time or a smaller warning`;
  }
  return null;
}

function templateMistake(site: Site): string | null {
  const { submit, arrayTaskVariable, jobPattern } = site;
  if (submit === undefined) return 'submit: is missing, expected the command that submits {script}';
  if (arrayTaskVariable === undefined && !submit.includes('{arrayTask}')) {
    return 'expected arrayTaskVariable, the variable that holds the index of the array task, or {arrayTask} in submit';
  }
  for (const [key, known] of Object.entries(PLACEHOLDERS)) {
    const command = site[key as keyof typeof PLACEHOLDERS] ?? '';
    const unknown = placeholdersIn(command).find((found) => !(known as readonly string[]).includes(found));
    if (unknown !== undefined) {
      const expected = known.length > 0 ? `one of {${known.join('}, {')}}` : 'none';
      return `${key}: found {${unknown}}, expected ${expected}`;
    }
  }
  try {
    // With an empty alternative every pattern matches, and the match has its number of groups.
    const groups = (new RegExp(`${jobPattern}|`).exec('')?.length ?? 1) - 1;
    return groups > 0 ? null : `jobPattern: ${jobPattern} has no group (...) around the number of the job`;
  } catch (error) {
    return `jobPattern: ${(error as Error).message}`;
  }
}

/** Options of sbatch that Meander sets to find its array tasks again, and those of one letter. */
const RESERVED = ['job-name', 'array', 'signal', 'output', 'open-mode', 'requeue', 'no-requeue', 'wrap', 'clusters'];
const RESERVED_LETTERS = /^-[JaoM]/;

/** sbatch accepts any unique beginning of the name of an option. */
function isReserved(word: string): boolean {
  const name = /^--([a-z-]+)/.exec(word)?.[1];
  return name === undefined ? RESERVED_LETTERS.test(word) : RESERVED.some((option) => option.startsWith(name));
}

/** Seconds of a time limit of SLURM (M, M:S, H:M:S, D-H, D-H:M, D-H:M:S); null if it is none; 0 means no limit. */
function secondsOf(time: string | undefined): number | null {
  const parts = /^(?:(\d+)-)?(\d+)(?::(\d+))?(?::(\d+))?$/.exec(time ?? '');
  if (!parts) return null;
  const [days, a, b, c] = parts.slice(1).map((text: string | undefined) => (text === undefined ? null : Number(text)));
  if (days !== null) return 86_400 * days + 3600 * (a ?? 0) + 60 * (b ?? 0) + (c ?? 0);
  if (b === null) return 60 * (a ?? 0);
  return c === null ? 60 * (a ?? 0) + b : 3600 * (a ?? 0) + 60 * b + c;
}
