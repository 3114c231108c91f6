/**
 * Which verdicts notice that theory and simulation disagree: every claim judged honestly, with the theory's D multiplied by
 * 1.1, and with a simulator whose weight decay is multiplied by 1.1.
 *
 *   npm run build; npx tsx bench/sabotage.ts [--full] [--claims 2,3a]     # some ten minutes; --full takes nine times as long
 */
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { withLocalPool } from '#execute';
import { theoryReport, type RunTasks, type TheoryReport } from '#experiment';
import { claims, evidenceOf, judgeClaim, prepareClaim, simulatePoint, type PreparedClaim } from '#reproduce';
import { loadExperiment } from '../src/cli/load.js';
import { remembering, withDecayScaled, withDiffusionScaled } from '../test/support/sabotage.js';

const { values } = parseArgs({ options: { full: { type: 'boolean' }, claims: { type: 'string' } } });
const chosen = values.claims?.split(',');
const table = new Table({
  head: ['claim', 'checks', 'failed', 'failed with D x 1.1', 'failed with decay x 1.1'],
  style: { head: [], border: [], compact: true },
});

await withLocalPool({}, async (pool) => {
  for (const claim of claims.filter(({ id }) => chosen?.includes(id) ?? true)) {
    const { experiment } = await loadExperiment(`presets/${claim.preset}`);
    const prepared = prepareClaim(claim, experiment, values.full ? 'full' : 'quick', 1);
    const map =
      claim.map === undefined ? null : theoryReport((await loadExperiment(`presets/${claim.map}`)).experiment);
    const runTasks = remembering(pool);
    const honest = await outcome(prepared, runTasks, map);
    const theory = await outcome(withDiffusionScaled(prepared, 1.1), runTasks, map);
    const simulator = await outcome(prepared, withDecayScaled(pool, 1.1), map);
    table.push([`${claim.id} ${claim.title}`, honest.checks, honest.failed, theory.failed, simulator.failed]);
    console.error(`${claim.id}: ${honest.failed}, ${theory.failed}, ${simulator.failed} of ${honest.checks} fail`);
  }
});
console.log(table.toString());

async function outcome(prepared: PreparedClaim, runTasks: RunTasks, map: TheoryReport | null) {
  const results = await Promise.all(prepared.points.map((point) => simulatePoint(point, runTasks)));
  const { checks } = judgeClaim(prepared, evidenceOf(prepared, results, map));
  return { checks: checks.length, failed: checks.filter(({ passed }) => !passed).length };
}
