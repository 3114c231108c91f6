import { cancelJobs, submissionsOf } from '#execute';
import { note, type Io } from '../io.js';
import { locked } from './execution.js';

/** `meander cancel`: takes back what waits or runs on a cluster. */
export async function cancelCommand({ dir }: { readonly dir: string }, io: Io): Promise<void> {
  await locked(dir, 'cancel', async (run) => {
    await cancelJobs(run, await submissionsOf(run), io.env);
    note(io, `what of ${dir} waited or ran was taken back; what was done is kept, meander resume ${dir} goes on`);
  });
}
