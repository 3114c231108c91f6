import { z } from 'zod';

const text = z.string().min(1);

/** How jobs are submitted at a site: the content of a site profile, which options of the command line override. */
export const siteSchema = z.strictObject({
  executor: z.enum(['slurm', 'template']).default('slurm'),
  partition: text.optional(),
  account: text.optional(),
  qos: text.optional(),
  /** Time limit of an array task, in a form that the scheduler accepts. */
  time: text.optional(),
  memory: text.optional(),
  /** Processors of an array task, and thus its worker processes. */
  cpus: z.int().min(1).max(1024).default(1),
  /** Array tasks that may run at the same time. */
  arrayLimit: z.int().min(1).optional(),
  /** Array tasks that the tasks are packed into, of all job arrays together; by the amount of work unless given. */
  arrayTasks: z.int().min(1).max(1_000_000).optional(),
  /** Seconds before the time limit at which an array task saves its state and is queued again. */
  warning: z.int().min(10).max(3600).default(90),
  /** Further options of sbatch, and lines of the job script before Meander, such as module load. */
  options: z.array(text).default([]),
  setup: z.array(text).default([]),
  /** For the executor template: see docs/sweeps.md. */
  submit: text.optional(),
  jobPattern: text.default('(\\d+)'),
  /** Environment variable with the index of the array task, and the index of the first one. */
  arrayTaskVariable: text.optional(),
  firstArrayTask: z.int().min(0).max(1).default(0),
  list: text.optional(),
  cancel: text.optional(),
});

export type Site = z.infer<typeof siteSchema>;
