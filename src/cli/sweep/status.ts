import { formatSteps, InvalidInputError } from '#core';
import { clusterState, submissionsOf, type Site, type Submission } from '#execute';
import { statusOf, type RunStatus } from '#library';
import { RunDirectory } from '#store';
import type { Io } from '../io.js';
import { activeText } from './array-tasks.js';
import { siteFrom } from './site.js';

export async function statusCommand(
  { dir, json, profile }: { readonly dir: string; readonly json?: boolean; readonly profile?: string },
  io: Io,
): Promise<void> {
  const { status, cluster } = await RunDirectory.use(dir, async (run) => {
    const submissions = await submissionsOf(run);
    const site = profile === undefined ? null : await siteFrom({ profile });
    // First the batch system, then the records: what ends in between counts as finished.
    const cluster = submissions.length > 0 ? await clusterOf(run, submissions, io.env, site) : undefined;
    return { status: await statusOf(run), cluster };
  });
  io.stdout.write(json ? `${JSON.stringify({ ...status, cluster })}\n` : `${described(status)}${clusterLine(cluster)}`);
}

/** What the batch system knows of a run; without numbers where it cannot be asked. */
interface ClusterStatus {
  /** Array tasks that are queued or running, and their unfinished tasks. */
  readonly active: number | null;
  readonly underWay: number | null;
  /** Unfinished tasks of no such array task. */
  readonly lost: number | null;
  readonly problem: string | null;
}

async function clusterOf(
  run: RunDirectory,
  submissions: readonly Submission[],
  env: Io['env'],
  site: Site | null,
): Promise<ClusterStatus> {
  const unknown = { active: null, underWay: null, lost: null };
  try {
    const { active, underWay, lost, known } = await clusterState(run, submissions, env, site);
    if (known) return { active, underWay, lost: lost.length, problem: null };
    return { ...unknown, problem: 'the site profile has no list command, or a submission was interrupted' };
  } catch (error) {
    if (error instanceof InvalidInputError) return { ...unknown, problem: error.message };
    throw error;
  }
}

function clusterLine(status: ClusterStatus | undefined): string {
  if (!status) return '';
  const { active, underWay, lost, problem } = status;
  if (problem !== null || active === null) return `what is queued or running is not known: ${problem}\n`;
  return `${activeText(active)}, with ${underWay} tasks; ${lost} tasks are lost${lost ? ': meander resume submits them' : ''}\n`;
}

function described({ name, tasks, points, steps }: RunStatus): string {
  const share = `${((100 * steps.finished) / steps.total).toFixed(1)}% of ${formatSteps(steps.total)} replica-steps`;
  return (
    `${name}: ${points.finished} of ${points.total} points finished, ${tasks.finished} of ${tasks.total} tasks, ` +
    `${tasks.halfDone} with a checkpoint; ${share}\n`
  );
}
