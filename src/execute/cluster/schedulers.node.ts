import type { Scheduler } from './scheduler.node.js';
import type { Site } from './site-schema.js';
import { slurm } from './slurm.node.js';
import type { Submission } from './submissions.node.js';
import { template } from './template.node.js';

/** The batch system of a site. */
export const schedulerOf = ({ executor }: Site): Scheduler => (executor === 'slurm' ? slurm : template);

export function byScheduler(submissions: readonly Submission[]): Map<Scheduler, Submission[]> {
  const groups = new Map<Scheduler, Submission[]>();
  for (const submission of submissions) {
    const scheduler = schedulerOf(submission.site);
    groups.set(scheduler, [...(groups.get(scheduler) ?? []), submission]);
  }
  return groups;
}
