import { InvalidInputError } from '#core';
import { PointError, runInDirectory } from '#execute';
import { origin, type LoadedExperiment } from '#library';
import { theoryReport, type PhaseResult, type TheoryReport } from '#experiment';
import {
  checksTogether,
  claimReport,
  claims,
  evidenceOf,
  judgeClaim,
  prepareClaim,
  reproductionReport,
  pointResults,
  type PointResult,
  type Mode,
  type PreparedClaim,
  type ReproductionReport,
  type Setting,
} from '#reproduce';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Io } from '../io.js';
import { loadExperiment, withLocation } from '../load.js';
import { noteKernel } from '../native/note.js';
import { consoleProgress } from '../progress.js';
import { openReproduction } from './directory.js';
import { errorOfClaim } from './error.js';
import { writeReproduction, type JudgedClaim } from './files.js';
import { verdictTable } from './table.js';
import { onInterruption } from '../signals.js';
import { packageRoot } from '../version.js';

/** Exit code. */
const VERDICT_FAILED = 1;

interface ReproduceInput {
  readonly quick?: boolean;
  readonly full?: boolean;
  readonly out: string;
  readonly seed: number;
  readonly claims?: string;
  readonly workers?: number;
}

/** `meander reproduce`: simulates every claim, judges it, and writes the report. Exit code 1 when a verdict fails. */
export async function reproduceCommand(input: ReproduceInput, io: Io): Promise<number> {
  const mode = modeOf(input);
  const { meander: version, commit } = origin();
  const setting: Setting = { mode, seed: input.seed, version, commit };
  const chosen = chosenClaims(input.claims);
  const begun = { ...setting, claims: chosen.map(({ id }) => id) };
  const directory = await openReproduction(input.out, begun);
  const prepared: PreparedClaim[] = [];
  const maps = new Map<string, TheoryReport>();
  const data = new Map<string, LoadedExperiment['data'][number]>();
  for (const claim of chosen) {
    const loaded = await loadExperiment(presetFile(claim.preset));
    for (const file of loaded.data) data.set(file.name, file);
    prepared.push(await withLocation(loaded, () => prepareClaim(claim, loaded.experiment, mode, setting.seed)));
    if (claim.map !== undefined)
      maps.set(claim.id, theoryReport((await loadExperiment(presetFile(claim.map))).experiment));
  }
  const source = {
    command: 'reproduce',
    name: mode,
    text: `${JSON.stringify(begun, null, 1)}\n`,
    description: {
      ...origin(),
      file: 'experiment.json',
      configuration: begun,
      quick: false,
      report: null,
      allUnits: false,
      data: [...data.values()],
    },
    prepared: prepared.flatMap(({ points }) => points),
  };
  noteKernel(io);
  const progress = consoleProgress(io);
  const results = await onInterruption(io, (signal) =>
    runInDirectory(directory, source, { workers: input.workers, progress, signal }, (taskResults) =>
      resultsOfClaims(prepared, taskResults),
    ).catch((error: unknown) => {
      throw error instanceof PointError ? errorOfClaim(error, prepared) : error;
    }),
  );
  const judged = prepared.map((claim): JudgedClaim => {
    const evidence = evidenceOf(claim, results.get(claim.claim.id) ?? [], maps.get(claim.claim.id) ?? null);
    const judgement = judgeClaim(claim, evidence);
    return { evidence, judgement, report: claimReport(claim, judgement, evidence, setting) };
  });
  const report: ReproductionReport = reproductionReport(
    setting,
    judged.map((claim) => claim.report),
    checksTogether(judged.map(({ judgement }) => judgement)),
  );
  await writeReproduction(input.out, report, judged);
  await rm(directory, { recursive: true });
  io.stdout.write(verdictTable(report, input.out));
  return report.passed ? 0 : VERDICT_FAILED;
}

/** The results of the points of every claim, from those of the tasks of all points in order. */
async function resultsOfClaims(
  prepared: readonly PreparedClaim[],
  taskResults: (point: number) => Promise<PhaseResult[]>,
): Promise<Map<string, PointResult[]>> {
  const results = new Map<string, PointResult[]>();
  let first = 0;
  for (const { claim, points } of prepared) {
    const before = first;
    results.set(claim.id, await pointResults(points, (index) => taskResults(before + index)));
    first += points.length;
  }
  return results;
}

function modeOf({ quick, full }: ReproduceInput): Mode {
  if (quick && full) throw new InvalidInputError('--quick and --full exclude each other; give one');
  return full ? 'full' : 'quick';
}

function chosenClaims(text: string | undefined) {
  if (text === undefined) return claims;
  const ids = text.split(',').map((id) => id.trim());
  // 3 means 3a to 3f.
  const isOf = (asked: string, id: string): boolean =>
    id === asked || (/^\d+$/.test(asked) && id.replace(/[a-z]$/, '') === asked);
  const unknown = ids.find((asked) => !claims.some(({ id }) => isOf(asked, id)));
  if (unknown === undefined) return claims.filter(({ id }) => ids.some((asked) => isOf(asked, id)));
  throw new InvalidInputError(
    `--claims ${text}: there is no claim ${unknown || '(nothing)'}, expected some of ${claims.map(({ id }) => id).join(',')}`,
  );
}

const presetFile = (name: string): string => fileURLToPath(new URL(`presets/${name}`, packageRoot));
