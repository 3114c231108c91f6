import type { RunDirectory } from '#store';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { unfinishedTasks } from '../run-tasks.node.js';
import { loadRuleOf, type RuleTrust } from './stored.node.js';

/** Whether the report that belongs to a run is not written yet. */
export const lacksReport = ({ path, manifest }: RunDirectory): boolean =>
  manifest.report !== null && !existsSync(join(path, 'report.json'));

/** `loadRuleOf` where something is left to do: a finished run directory of another user is read without its code. */
export async function loadRuleIfNeeded(run: RunDirectory, trust: RuleTrust): Promise<void> {
  if (run.manifest.rule === null) return;
  if (lacksReport(run) || (await unfinishedTasks(run)).length > 0) await loadRuleOf(run, trust);
}
