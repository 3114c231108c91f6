import { CancelledError } from '#core';
import { runArrayTask, type Warning } from '#execute';
import { assertSameOrigin, RunDirectory } from '#store';
import { origin } from '../version.js';

/** Runs one array task of a submission: the command that the job script calls. */
export async function workCommand(
  directory: string,
  { submission, element: arrayTask }: { submission: number; element: number },
): Promise<void> {
  const controller = new AbortController();
  const warned = (warning: Warning) => (): void => {
    controller.abort(warning);
  };
  process.on('SIGUSR2', warned('time'));
  process.on('SIGTERM', warned('end'));
  process.on('SIGINT', warned('end'));
  const outcome = await RunDirectory.use(directory, (run) => {
    assertSameOrigin(directory, run.manifest, origin());
    return runArrayTask(run, submission, arrayTask, controller.signal);
  });
  console.error(`array task ${arrayTask} of submission ${submission}: ${outcome}`);
  if (outcome === 'stopped') throw new CancelledError('stopped; the state of its tasks is kept');
}
