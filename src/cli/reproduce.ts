import { CancelledError, InvalidInputError } from '#core';
import { withLocalPool } from '#execute';
import { stepsOf, theoryReport, type TheoryReport } from '#experiment';
import {
  claimReport,
  claims,
  evidenceOf,
  prepareClaim,
  reproductionReport,
  simulate,
  type Finding,
  type Mode,
  type PreparedClaim,
  type ReproductionReport,
  type Setting,
} from '#reproduce';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadExperiment, locating } from './load.js';
import { consoleProgress } from './progress.js';
import { openReproduction } from './reproduction-directory.js';
import { writeReproduction, type JudgedClaim } from './reproduction-files.js';
import { verdictTable } from './reproduction-table.js';
import { onInterruption, workerCount } from './run.js';
import { version } from './version.js';

interface ReproduceOptions {
  readonly quick?: boolean;
  readonly full?: boolean;
  readonly out: string;
  readonly seed: string;
  readonly claims?: string;
  readonly workers?: string;
}

/** `meander reproduce`: simulates every claim, judges it, and writes the report. Exit code 1 when a verdict fails. */
export async function reproduceCommand(options: ReproduceOptions): Promise<void> {
  const mode = modeOf(options);
  const setting: Setting = { mode, seed: seedOf(options.seed), version, commit: commitOf() };
  const workers = workerCount(options.workers);
  const chosen = chosenClaims(options.claims);
  const directory = await openReproduction(options.out, { ...setting, claims: chosen.map(({ id }) => id) });
  const known = await directory.known();
  const prepared: PreparedClaim[] = [];
  const maps = new Map<string, TheoryReport>();
  for (const claim of chosen) {
    const loaded = await loadExperiment(presetFile(claim.preset));
    prepared.push(await locating(loaded, () => prepareClaim(claim, loaded.experiment, mode, setting.seed)));
    if (claim.map !== undefined)
      maps.set(claim.id, theoryReport((await loadExperiment(presetFile(claim.map))).experiment));
  }
  const findings = new Map<string, Finding[]>();
  const missing = prepared.flatMap(({ claim, points }) =>
    points.flatMap((point, index) => (known.has(`${claim.id}-${index}`) ? [] : [stepsOf(point)])),
  );
  const progress = consoleProgress();
  const total = missing.reduce((sum, steps) => sum + steps, 0);
  if (known.size > 0)
    console.error(`${options.out}: going on; ${known.size} points are there, ${missing.length} are missing`);
  progress.start(mode, total);
  await onInterruption(async (signal) => {
    try {
      await withLocalPool({ workers, progress, signal }, async (runTasks) => {
        for (const { claim, points } of prepared) {
          const found = points.map(async (point, index): Promise<Finding> => {
            const name = `${claim.id}-${index}`;
            const finding = known.get(name) ?? (await simulate(point, runTasks));
            if (!known.has(name)) await directory.keep(name, finding);
            return finding;
          });
          // Every point that can still be kept is kept, also when another was interrupted.
          const settled = await Promise.allSettled(found);
          for (const result of settled) if (result.status === 'rejected') throw result.reason;
          findings.set(claim.id, await Promise.all(found));
        }
      });
    } catch (error) {
      if (error instanceof CancelledError) {
        console.error(`the points finished so far are kept: the same command goes on from there`);
      }
      throw error;
    }
  });
  const judged = prepared.map((claim): JudgedClaim => {
    const evidence = evidenceOf(claim, findings.get(claim.claim.id) ?? [], maps.get(claim.claim.id) ?? null);
    const judgement = claim.claim.judge(evidence);
    const steps = evidence.points.reduce((sum, { record }) => sum + record.steps, 0);
    return { evidence, judgement, report: claimReport(claim, judgement, steps, setting) };
  });
  const report: ReproductionReport = reproductionReport(
    setting,
    judged.map((claim) => claim.report),
  );
  await writeReproduction(options.out, report, judged);
  await directory.finish();
  process.stdout.write(verdictTable(report, options.out));
  if (!report.passed) process.exitCode = 1;
}

function modeOf({ quick, full }: ReproduceOptions): Mode {
  if (quick && full) throw new InvalidInputError('--quick and --full exclude each other; give one');
  return full ? 'full' : 'quick';
}

function seedOf(text: string): number {
  const seed = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(seed) && seed >= 0) return seed;
  throw new InvalidInputError(`--seed ${text}: expected a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`);
}

function chosenClaims(text: string | undefined) {
  if (text === undefined) return claims;
  const ids = text.split(',').map((id) => id.trim());
  const unknown = ids.find((id) => !claims.some((claim) => claim.id === id));
  if (unknown === undefined) return claims.filter(({ id }) => ids.includes(id));
  throw new InvalidInputError(
    `--claims ${text}: there is no claim ${unknown || '(nothing)'}, expected some of ${claims.map(({ id }) => id).join(',')}`,
  );
}

/** Presets lie beside src/ and dist/, which are equally deep. */
const packageRoot = new URL('../../', import.meta.url);
const presetFile = (name: string): string => fileURLToPath(new URL(`presets/${name}`, packageRoot));

/** The commit that is checked out where Meander runs from its repository, marked when files differ from it. */
function commitOf(): string | null {
  const root = fileURLToPath(packageRoot);
  if (!existsSync(new URL('.git', packageRoot))) return null;
  try {
    const args = ['describe', '--always', '--dirty', '--abbrev=12', '--exclude=*'];
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}
