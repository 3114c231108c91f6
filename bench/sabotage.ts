/**
 * Which verdicts of `meander reproduce` notice that theory and simulation disagree: one simulation of every claim, judged as it is and with
 * the theory off by a little. Nothing is simulated again for that. With --simulator also a simulator whose weight decay is multiplied
 * by 1.1, which takes a second simulation of the claims about two-layer networks.
 *
 *   npm run build; npx tsx bench/sabotage.ts --out DIR [--seed 1] [--full] [--claims 2,3a] [--simulator]
 *
 * DIR is a run directory: after an interruption the same command continues, and afterwards judges again without a simulation.
 */
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { runInDirectory, withLocalPool } from '#execute';
import { theoryReport, type PhaseResult, type TheoryReport } from '#experiment';
import { origin } from '#library';
import {
  checksTogether,
  claims,
  evidenceOf,
  judgeClaim,
  prepareClaim,
  pointResults,
  simulatePoints,
  type Judged,
  type PreparedClaim,
} from '#reproduce';
import { loadExperiment } from '../src/cli/load.js';
import {
  withDecayScaled,
  withDiffusionScaled,
  withDirectionTurned,
  withVelocityScaled,
} from '../test/support/sabotage.js';

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    seed: { type: 'string', default: '1' },
    full: { type: 'boolean', default: false },
    claims: { type: 'string' },
    simulator: { type: 'boolean', default: false },
  },
});
if (values.out === undefined) throw new Error('which directory? --out DIR');
const mode = values.full ? 'full' : 'quick';
const chosen = values.claims?.split(',');
const only = claims.filter(({ id }) => chosen?.includes(id) ?? true);

interface Simulated {
  readonly prepared: PreparedClaim;
  readonly map: TheoryReport | null;
  /** Of the tasks of every point. */
  readonly results: readonly (readonly PhaseResult[])[];
}

async function judged(prepared: PreparedClaim, { results, map }: Pick<Simulated, 'results' | 'map'>): Promise<Judged> {
  const points = await pointResults(prepared.points, (i) => Promise.resolve(results[i]));
  return judgeClaim(prepared, evidenceOf(prepared, points, map));
}

const failing = ({ checks }: Pick<Judged, 'checks'>): string[] =>
  checks.filter(({ passed }) => !passed).map(({ quantity }) => quantity);

/** Errors between the sabotaged prediction and the one that is true, of the check of the mean of D, of |v|, or of the rate of decay. */
function distance({ checks }: Judged, part: number, pattern: RegExp): string {
  const check = checks.find(({ quantity }) => pattern.test(quantity));
  return check ? (part / (check.error * (1 + part))).toFixed(1) : '';
}

const D_TOGETHER = /^D of \d+ .*together/;
const RATE = /^rate of decay/;
const table = new Table({
  head: [
    'claim',
    'checks',
    'fail',
    'D x 1.05',
    'errors',
    'v x 1.1',
    'errors',
    'v turned by 20°',
    ...(values.simulator ? ['γ x 1.1'] : []),
  ],
  style: { head: [], border: [], compact: true },
});

const loaded: Omit<Simulated, 'results'>[] = [];
const data = new Map<string, { readonly name: string; readonly sha256: string }>();
for (const claim of only) {
  const own = await loadExperiment(`presets/${claim.preset}`);
  for (const file of own.data) data.set(file.name, file);
  const map = claim.map === undefined ? null : theoryReport((await loadExperiment(`presets/${claim.map}`)).experiment);
  loaded.push({ prepared: prepareClaim(claim, own.experiment, mode, Number(values.seed)), map });
}
const configuration = { mode, seed: values.seed, claims: only.map(({ id }) => id) };
const source = {
  command: 'sabotage',
  name: mode,
  text: `${JSON.stringify(configuration)}\n`,
  description: {
    ...origin(),
    file: 'experiment.json',
    configuration,
    quick: false,
    report: null,
    allUnits: false,
    data: [...data.values()],
  },
  prepared: loaded.flatMap(({ prepared }) => prepared.points),
};
await runInDirectory(values.out, source, {}, async (resultsOf) => {
  let first = 0;
  const honest: Judged[] = [];
  const scaled: Judged[] = [];
  for (const { prepared, map } of loaded) {
    const results: PhaseResult[][] = [];
    for (let i = 0; i < prepared.points.length; i++) results.push(await resultsOf(first + i));
    first += prepared.points.length;
    const judge = (claim: PreparedClaim): Promise<Judged> => judged(claim, { results, map });
    const asIs = await judge(prepared);
    honest.push(asIs);
    scaled.push(await judge(withDiffusionScaled(prepared, 1.03)));
    const diffusion = failing(await judge(withDiffusionScaled(prepared, 1.05)));
    const isDirected = asIs.checks.some(({ quantity }) => quantity.startsWith('v in '));
    const speed = isDirected ? failing(await judge(withVelocityScaled(prepared, 1.1))) : [];
    const direction = isDirected ? failing(await judge(withDirectionTurned(prepared, 20))) : [];
    const simulator: string[] = [];
    const isTwoLayer = prepared.points.every(({ point }) => (point.model.rule ?? 'sgd') === 'sgd');
    if (values.simulator && isTwoLayer) {
      await withLocalPool({}, async (pool) => {
        const points = await simulatePoints(prepared.points, withDecayScaled(pool, 1.1));
        simulator.push(...failing(judgeClaim(prepared, evidenceOf(prepared, points, map))));
      });
    }
    const { id, title } = prepared.claim;
    table.push([
      `${id} ${title}`,
      asIs.checks.length,
      failing(asIs).length,
      diffusion.length,
      distance(asIs, 0.05, D_TOGETHER) || distance(asIs, 0.05, RATE),
      isDirected ? speed.length : '',
      isDirected ? distance(asIs, 0.1, /^\|v\| of \d+ .*together/) : '',
      isDirected ? direction.length : '',
      ...(values.simulator ? [isTwoLayer ? simulator.length : ''] : []),
    ]);
    console.error(`${id}: as it is ${failing(asIs).join('; ') || 'none'}\n    D x 1.05: ${diffusion.join('; ')}`);
  }
  console.log(table.toString());
  for (const [name, all] of [
    ['as it is', honest],
    ['D x 1.03 in every claim', scaled],
  ] as const) {
    const claimsFailing = only.filter((_, i) => failing(all[i]).length > 0).map(({ id }) => id);
    const together = checksTogether(all).map(
      ({ quantity, measured, error, z, passed }) =>
        `  ${quantity}: ${measured.toFixed(4)} ± ${error.toFixed(4)}, z ${z.toFixed(1)}${passed ? '' : ' FAILS'}`,
    );
    console.log(
      `${name}: failing claims ${claimsFailing.join(', ') || 'none'}; all claims together:\n${together.join('\n')}`,
    );
  }
});
