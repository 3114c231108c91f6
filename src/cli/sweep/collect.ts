import { InvalidInputError } from '#core';
import { collect, collectTrajectories, finishedPoints, loadRuleOf } from '#execute';
import { RunDirectory } from '#store';
import { note, type Io } from '../io.js';
import { finishReport, type RuleConsent } from './execution.js';

interface CollectInput extends RuleConsent {
  readonly dir: string;
  readonly partial?: boolean;
  readonly trajectories?: boolean;
  readonly allUnits?: boolean;
}

export async function collectCommand(input: CollectInput, io: Io): Promise<void> {
  const { dir, partial, trajectories, allUnits } = input;
  if (allUnits && !trajectories) throw new InvalidInputError('--all-units: expected --trajectories beside it');
  // Takes no lock: it adds tables that appear whole, also while the run goes on.
  await RunDirectory.use(dir, async (run) => {
    note(io, `the table is ${await collect(run, { partial })}`);
    if ((await finishedPoints(run)).every((isFinished) => isFinished)) await finishReport(run, io, input);
    if (trajectories) {
      if (allUnits) await loadRuleOf(run, { allowRule: input.allowRule, env: io.env });
      const path = await collectTrajectories(run, { allUnits });
      note(io, path ? `the trajectories are ${path}` : 'no trajectories: the experiment sets no trajectorySamples');
    }
  });
}
