import { shellPath } from '#core';
import { cancelJobs, submissionsOf } from '#execute';
import { note, type Io } from '../io.js';
import { locked } from './execution.js';
import { siteFrom } from './site.js';

/** `meander cancel`: cancels the jobs of a run that are queued or running on a cluster. */
export async function cancelCommand(
  { dir, profile }: { readonly dir: string; readonly profile?: string },
  io: Io,
): Promise<void> {
  await locked(dir, 'cancel', async (run) => {
    const site = profile === undefined ? null : await siteFrom({ profile });
    await cancelJobs(run, await submissionsOf(run), io.env, site);
    note(
      io,
      `cancelled the jobs of ${dir}; finished work is kept, and meander resume ${shellPath(dir)} continues the run`,
    );
  });
}
