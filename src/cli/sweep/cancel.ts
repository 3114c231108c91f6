import { cancelJobs, submissionsOf } from '#execute';
import { note, type Io } from '../io.js';
import { locked } from './execution.js';

/** `meander cancel`: cancels the jobs of a run that are queued or running on a cluster. */
export async function cancelCommand({ dir }: { readonly dir: string }, io: Io): Promise<void> {
  await locked(dir, 'cancel', async (run) => {
    await cancelJobs(run, await submissionsOf(run), io.env);
    note(io, `cancelled the jobs of ${dir}; finished work is kept, and meander resume ${dir} continues the run`);
  });
}
