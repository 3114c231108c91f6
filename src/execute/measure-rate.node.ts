import { runSlices, sliceTask, taskReplicas, taskTemplate, type PreparedPoint } from '#experiment';
import { loadKernel } from '#kernel/node';
import { runTaskInWorker } from './run-task.js';

/** How long a calibration takes. */
const SECONDS = 0.2;

/**
 * Replica-steps per second of one worker on a point, measured here and now by the beginning of its first task, with one
 * lag of burn-in so that samples are part of it; null where the task is over at once.
 */
export async function measureRate({ point, plan }: PreparedPoint<null>): Promise<number | null> {
  const whole = taskTemplate(point, plan, false);
  const task = sliceTask(whole, 0, Math.min(taskReplicas(plan.replicas), plan.replicas));
  const kernel = await loadKernel();
  let began: number | null = null;
  let steps = 0;
  let seconds = 0;
  runSlices(runTaskInWorker({ ...task, burnIn: Math.min(plan.burnIn, plan.lag) }, kernel), {
    // First called once the networks are made, before the first step.
    advanced: (made) => {
      began ??= performance.now();
      steps += made;
      seconds = (performance.now() - began) / 1000;
    },
    cancelled: () => seconds > SECONDS,
  });
  return steps > 0 && seconds > 0 ? steps / seconds : null;
}
