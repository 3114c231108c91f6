import type { PreparedPoint } from '#experiment';
import { lineWidth, type Io } from '../io.js';
import { Cost, pointPlan } from './cost.js';
import { planTable, secondsHere } from './note.js';

interface PlanInput {
  readonly workers?: number | undefined;
  readonly json?: boolean | undefined;
}

/** `--plan`: prints what every point asks for and the time of all on this machine, and writes nothing. */
export async function printPlan(
  points: Iterable<PreparedPoint<null>>,
  { workers, json }: PlanInput,
  io: Io,
): Promise<void> {
  const cost = new Cost();
  const plans = Array.from(cost.counting(points), pointPlan);
  const seconds = await secondsHere(cost, workers);
  const { replicaSteps } = cost;
  io.stdout.write(
    json
      ? `${JSON.stringify({ points: plans, replicaSteps, seconds })}\n`
      : planTable(plans, cost, seconds, { width: lineWidth(io.stdout), workers }),
  );
}
