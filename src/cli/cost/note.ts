import { formatNumber, formatSteps, MISSING } from '#core';
import { measureRate } from '#execute';
import { availableParallelism } from 'node:os';
import { note, type Io } from '../io.js';
import { slowModesText } from '../tables/unsettled.js';
import { terminalTable } from '../tables/terminal.js';
import type { Cost, PointPlan } from './cost.js';

/** Runs of less are not announced. */
const LONG_SECONDS = 10;
/** Multiplications that take less than that on any machine: they are not worth a calibration. */
const SHORT_OPERATIONS = 3e9;

/** Seconds on this machine, estimated from a short calibration; null where there is nothing to measure. */
export async function secondsHere(cost: Cost, workers: number | undefined): Promise<number | null> {
  const rate = cost.largest && (await measureRate(cost.largest));
  return rate === null ? null : cost.seconds(rate) / busyWorkers(cost, workers);
}

const busyWorkers = (cost: Cost, workers = availableParallelism()): number => Math.min(workers, cost.tasks);

/** Before a run of more than about ten seconds, one line: its replica-steps, its time on this machine, and why. */
export async function noteCost(cost: Cost, workers: number | undefined, io: Io): Promise<void> {
  if (cost.operations < SHORT_OPERATIONS) return;
  const seconds = await secondsHere(cost, workers);
  if (seconds !== null && seconds > LONG_SECONDS) note(io, costText(cost, seconds, workers));
}

/** `2.1e9 replica-steps, about 3 minutes with 2 workers on this machine: …`. */
function costText(cost: Cost, seconds: number | null, asked: number | undefined): string {
  const workers = busyWorkers(cost, asked);
  const points = cost.points === 1 ? '' : ` in ${cost.points} points`;
  const time =
    seconds === null
      ? ''
      : `, about ${duration(seconds)} with ${workers} worker${workers === 1 ? '' : 's'} on this machine`;
  return `${formatSteps(cost.replicaSteps)} replica-steps${points}${time}${reason(cost)}`;
}

/** Where the steps of the largest point come from. */
function reason({ largest, points }: Cost): string {
  if (!largest) return '';
  const { point, prediction, plan } = largest;
  const { simulation } = point;
  const lags = `${formatNumber(plan.samples - 1)} lags of ${formatNumber(plan.lag)} steps`;
  const why =
    simulation.duration === 'auto' && (point.phase?.steps ?? 'auto') === 'auto'
      ? `${lags} for targetError ${simulation.targetError}`
      : `${lags} in the duration given`;
  const which = points === 1 ? '' : ' of the largest point';
  const relaxation = prediction ? `relaxation time${which} ${formatNumber(prediction.relaxationTime)} steps, ` : '';
  const slow = plan.unsettled ? `; ${slowModesText(plan.unsettled)}, D hardly depends on them` : '';
  return `: ${relaxation}${plan.replicas} replicas, ${why}${slow}`;
}

/** `40 seconds`, `3 minutes`, `2.5 hours`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${formatNumber(seconds, 2)} seconds`;
  const minutes = seconds / 60;
  if (minutes < 90) return `${formatNumber(minutes, 2)} minutes`;
  const hours = minutes / 60;
  return hours < 48 ? `${formatNumber(hours, 2)} hours` : `${formatNumber(hours / 24, 2)} days`;
}

/** What `--plan` prints: a row for each point, and the whole. */
export function planTable(
  plans: readonly PointPlan[],
  cost: Cost,
  seconds: number | null,
  options: PlanOptions,
): string {
  const swept = Object.keys(plans[0]?.parameters ?? {});
  const head = ['point', ...swept, 'relaxation time', 'burn-in', 'lag', 'duration', 'replicas', 'replica-steps'];
  const table = terminalTable(head, { width: options.width, keys: 1 + swept.length });
  plans.forEach(({ parameters, ...plan }, k) => {
    const { relaxationTime, burnIn, lag, duration: steps, replicas, replicaSteps } = plan;
    table.push([
      String(k),
      ...Object.values(parameters).map((value) => (typeof value === 'string' ? value : JSON.stringify(value))),
      relaxationTime === null ? MISSING : formatNumber(relaxationTime),
      ...[burnIn, lag, steps, replicas].map((number) => formatNumber(number)),
      formatSteps(replicaSteps),
    ]);
  });
  return `${table.toString()}\n${costText(cost, seconds, options.workers)}\n`;
}

interface PlanOptions {
  readonly width: number;
  readonly workers: number | undefined;
}
