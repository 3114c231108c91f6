import { collect, collectTrajectories } from '#execute';
import { RunDirectory } from '#store';

export async function collectCommand(
  directory: string,
  { partial, trajectories }: { partial?: boolean; trajectories?: boolean },
): Promise<void> {
  // Takes no lock: it adds tables that appear whole, also while the run goes on.
  await RunDirectory.use(directory, async (run) => {
    console.error(`the table is ${await collect(run, { partial })}`);
    if (trajectories) {
      const path = await collectTrajectories(run);
      console.error(
        path ? `the trajectories are ${path}` : 'no trajectories: the experiment sets no trajectorySamples',
      );
    }
  });
}
