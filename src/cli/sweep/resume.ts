import { InvalidInputError, shellPath } from '#core';
import { assertOwn, clusterState, loadRuleIfNeeded, submissionsOf } from '#execute';
import { origin } from '#library';
import { assertSameOrigin, type Lock, type RunDirectory } from '#store';
import { note, type Io } from '../io.js';
import { activeText } from './array-tasks.js';
import { finish, localOptions, locked, submit, type ExecutionOptions } from './execution.js';
import { siteFrom } from './site.js';

interface ContinueInput extends ExecutionOptions {
  readonly check?: boolean;
  readonly nothingRuns?: boolean;
}

/** `meander resume`: does what is left of a run directory, or submits the tasks that are lost. */
export async function resumeCommand(
  { dir, ...input }: ContinueInput & { readonly dir: string },
  io: Io,
): Promise<void> {
  await locked(dir, 'resume', (run, lock) => continueRun(run, lock, input, io));
}

/** Does what is left of a run directory whose lock is held. Throws InvalidInputError where jobs of it are under way. */
export async function continueRun(run: RunDirectory, lock: Lock, input: ContinueInput, io: Io): Promise<void> {
  const dir = run.path;
  assertSameOrigin(dir, run.manifest, origin());
  const trust = { allowRule: input.allowRule, env: io.env };
  await loadRuleIfNeeded(run, trust);
  const submissions = await submissionsOf(run);
  const site = await siteFrom(input, submissions.at(-1)?.site);
  const execution = localOptions(input, site);
  // Setup and options of a stored site become lines of the job script.
  if (site && input.profile === undefined) await assertOwn(run, submissions.slice(-1), io.env);
  const { active, known } = await clusterState(
    run,
    submissions,
    io.env,
    input.profile === undefined ? null : site,
  ).catch((error: unknown) => {
    if (!(error instanceof InvalidInputError)) throw error;
    if (input.nothingRuns) return { active: 0, known: false };
    throw new InvalidInputError(
      `${error.message}; if no job of ${dir} is queued or running, meander resume ${shellPath(dir)} --nothing-runs continues it`,
    );
  });
  if (!known && !input.nothingRuns) {
    throw new InvalidInputError(
      `${dir}: the batch system cannot report whether jobs of this run are queued or running; if none are, meander resume ${shellPath(dir)} --nothing-runs continues it`,
    );
  }
  if (active > 0 && (!site || input.check)) {
    throw new InvalidInputError(
      `${dir}: ${activeText(active)} on the cluster; meander cancel ${shellPath(dir)} cancels them`,
    );
  }
  if (input.check) {
    await quarantineDamaged(run, io);
    await loadRuleIfNeeded(run, trust);
  }
  await (site ? submit(run, site, io) : finish(run, lock, execution, io, input));
}

async function quarantineDamaged(run: RunDirectory, io: Io): Promise<void> {
  const aside = await run.records.quarantineDamaged();
  for (const path of aside) note(io, `damaged, renamed to ${path}`);
  if (aside.length === 0) note(io, 'no record is damaged');
}
