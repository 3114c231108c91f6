// Some of the replicas of an endless run: works towards the goal that the page sets, and tells what it sees.
import { Replicas, type CooperativeTask } from '#experiment';
import { createKernelSteppers } from '#kernel';
import { ESTIMATE_SHARE, type WorkerCommand, type WorkerEvent, type Seen } from './messages.js';

/** Milliseconds of work between two looks at the messages: a pause takes effect within it. */
const LISTENING_INTERVAL = 16;
/** Points of the trail kept between two reports. */
const LONGEST_TRAIL = 64;

let goal = 0;
let goalNumber = 0;
let maxSampleRate = Infinity;
let dutyCycle = 1;
let wake: () => void = () => undefined;
let replicas: Replicas | null = null;

self.addEventListener('message', ({ data: order }: MessageEvent<WorkerCommand>) => {
  if (order.kind === 'begin') {
    run(order).catch((error: unknown) => {
      tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    });
  } else if (order.kind === 'states') {
    tell({ kind: 'states', states: replicas?.states() ?? [] });
  } else {
    goal = order.samples;
    goalNumber = order.number;
    maxSampleRate = order.maxSampleRate;
    dutyCycle = order.dutyCycle;
    wake();
  }
});

function tell(report: WorkerEvent): void {
  self.postMessage(report);
}

async function run({
  task,
  kernel,
  interval,
  starts,
  estimator,
}: Extract<WorkerCommand, { kind: 'begin' }>): Promise<void> {
  const own = new Replicas(task, createKernelSteppers(kernel, task.precision), null, starts ?? undefined);
  replicas = own;
  let trail: Float64Array[] = [];
  let trailSteps: number[] = [];
  let told = performance.now();
  let [summarised, cost] = [-Infinity, 0];
  let listened = told;
  const report = (waits: boolean): void => {
    const { samples, steps } = own;
    const now = performance.now();
    if (samples > 2 && (waits || now > summarised + ESTIMATE_SHARE * cost)) {
      estimator.postMessage({ samples, summaries: own.summaries(), waits } satisfies Seen);
      summarised = performance.now();
      cost = summarised - now;
    }
    tell({ kind: 'seen', steps, samples, goal: goalNumber, waits, trail, trailSteps });
    [trail, trailSteps] = [[], []];
    told = performance.now();
  };
  /** Waits while the goal is reached; every goal that leaves it so is answered. */
  const goalSet = async (): Promise<void> => {
    while (own.samples >= goal) {
      report(true);
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  /** Does sliced work and listens between slices. */
  const work = async (sliced: CooperativeTask<boolean>): Promise<void> => {
    let slice = sliced.next(false);
    while (!slice.done) {
      const now = performance.now();
      if (now - listened > LISTENING_INTERVAL) {
        await (dutyCycle < 1 ? delay((now - listened) * (1 / dutyCycle - 1)) : messagesHeard());
        // A burn-in can be long: a pause does not wait for its end.
        if (own.samples === 0) await goalSet();
        listened = performance.now();
      }
      slice = sliced.next(false);
    }
  };
  await goalSet();
  for (let advanced = 0; advanced < task.burnIn;) {
    // In pieces, so that progress can be told in between: how steps are cut changes no number.
    const piece = Math.min(Math.max(1, Math.ceil(task.burnIn / 50)), task.burnIn - advanced);
    advanced += piece;
    await work(own.advanceTo(advanced));
    if (performance.now() - told > interval) report(false);
  }
  for (;;) {
    await goalSet();
    const began = performance.now();
    await work(own.advanceTo(task.burnIn + own.samples * task.measurement.lag));
    await work(own.sample());
    trail.push(own.representation());
    trailSteps.push((own.samples - 1) * task.measurement.lag);
    if (trail.length > LONGEST_TRAIL) {
      const even = (_: unknown, k: number): boolean => k % 2 === 0;
      [trail, trailSteps] = [trail.filter(even), trailSteps.filter(even)];
    }
    if (performance.now() - told > interval) report(false);
    const rest = 1000 / maxSampleRate - (performance.now() - began);
    if (rest > 1) await delay(rest);
  }
}

const delay = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));

const { port1: here, port2: there } = new MessageChannel();

/** Gives the messages that wait their turn: a message to oneself, which unlike a timer is not held back. */
function messagesHeard(): Promise<void> {
  return new Promise((resolve) => {
    here.onmessage = () => {
      resolve();
    };
    there.postMessage(null);
  });
}
