import { collect, collectTrajectories } from '#execute';
import { lockDirectory, RunDirectory } from '#store';

export async function collectCommand(
  directory: string,
  { partial, trajectories }: { partial?: boolean; trajectories?: boolean },
): Promise<void> {
  const run = await RunDirectory.open(directory);
  const lock = await lockDirectory(directory, 'collect');
  try {
    console.error(`the table is ${await collect(run, { partial })}`);
    if (trajectories) {
      const path = await collectTrajectories(run);
      console.error(
        path ? `the trajectories are ${path}` : 'no trajectories: the experiment sets no trajectorySamples',
      );
    }
  } finally {
    await lock.release();
    await run.close();
  }
}
