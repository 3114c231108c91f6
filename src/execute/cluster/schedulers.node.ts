import type { Environment } from './command.node.js';
import type { Scheduler } from './scheduler.node.js';
import type { Site } from './site-schema.js';
import { slurm } from './slurm.node.js';
import type { Submission } from './submissions.node.js';
import { template } from './template.node.js';

const schedulers = { slurm, template } as const satisfies Record<Site['executor'], unknown>;

/** The batch system of a site; `env` is the environment of its commands. */
export const schedulerOf = ({ executor }: Site, env: Environment): Scheduler => schedulers[executor](env);

/** Submissions by the batch system that has them. */
export function byScheduler(submissions: readonly Submission[], env: Environment): [Scheduler, Submission[]][] {
  const executors = [...new Set(submissions.map(({ site }) => site.executor))];
  return executors.map((executor) => [
    schedulers[executor](env),
    submissions.filter(({ site }) => site.executor === executor),
  ]);
}
