// Some of the replicas of an endless simulation: works towards the goal that the page sets, and reports its progress.
import { Replicas, type CooperativeTask, type Task } from '#experiment';
import { createTwoLayerSteppers, type CreateMeasuredStepper, type Kernel } from '#kernel';
import { isTwoLayer } from '#model';
import { delay, Goal } from './goal.js';
import { ESTIMATE_SHARE, type SummariesEvent, type WorkerCommand, type WorkerEvent } from './messages.js';

/** Milliseconds of work before messages are handled: a pause takes effect within this time. */
const SLICE_MS = 16;
/** Entries of the trail that are kept between two progress events. */
const MAX_TRAIL = 64;
/** Parts of a burn-in, between which progress is reported: no number depends on them. */
const BURN_IN_PARTS = 50;

const goal = new Goal();
let replicas: Replicas | null = null;

self.addEventListener('message', ({ data: command }: MessageEvent<WorkerCommand>) => {
  if (command.kind === 'begin') {
    run(command).catch((error: unknown) => {
      post({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    });
  } else if (command.kind === 'states') {
    post({ kind: 'states', states: replicas?.states() ?? [] });
  } else if (command.kind === 'limit') {
    goal.limit(command.samples);
  } else {
    goal.set(command);
  }
});

function post(event: WorkerEvent): void {
  self.postMessage(event);
}

/** The compiler of other rules than two-layer SGD is loaded for them alone. */
async function steppersOf({ model, precision }: Task, kernel: Kernel): Promise<CreateMeasuredStepper> {
  if (isTwoLayer(model)) return createTwoLayerSteppers(kernel, precision);
  const { createKernelSteppers } = await import('#kernel/rules');
  return createKernelSteppers(kernel, precision);
}

async function run(command: Extract<WorkerCommand, { kind: 'begin' }>): Promise<void> {
  const { task, kernel, interval, starts, estimator } = command;
  const running = new Replicas(task, await steppersOf(task, kernel), null, starts ?? undefined);
  replicas = running;
  let trail: Float64Array[] = [];
  let trailSteps: number[] = [];
  let trailFrames: (Float64Array | null)[] = [];
  let reportedAt = performance.now();
  let [summarizedAt, cost] = [-Infinity, 0];
  let listenedAt = reportedAt;
  const report = (waiting: boolean): void => {
    const { samples, steps } = running;
    const now = performance.now();
    // Who is told to stop where it is goes on soon, to the sample of a pause.
    const wanted = waiting ? goal.samples > 0 : now > summarizedAt + ESTIMATE_SHARE * cost;
    if (samples > 2 && wanted) {
      estimator.postMessage({ samples, summaries: running.summaries(), waiting } satisfies SummariesEvent);
      summarizedAt = performance.now();
      cost = summarizedAt - now;
    }
    post({ kind: 'progress', steps, samples, goal: goal.number, waiting, trail, trailSteps, trailFrames });
    [trail, trailSteps, trailFrames] = [[], [], []];
    reportedAt = performance.now();
  };
  const reportWhenDue = (): void => {
    if (performance.now() - reportedAt > interval) report(false);
  };
  /** Waits while the goal is reached; a new goal that is reached already is answered too. */
  const waitForGoal = async (): Promise<void> => {
    while (running.samples >= goal.samples) {
      report(true);
      await goal.changed;
      // Only work is followed by a rest of the duty cycle, not a pause.
      listenedAt = performance.now();
    }
  };
  /** Waits for the workers that are behind, and says how far this one is: the page cannot know that all wait for it otherwise. */
  const waitForOthers = async (): Promise<void> => {
    if (!goal.isAhead(running.samples)) return;
    report(false);
    await goal.untilBehind(running.samples);
    listenedAt = performance.now();
  };
  /** Runs a task slice by slice, and handles messages in between. */
  const work = async (task: CooperativeTask<boolean>): Promise<void> => {
    let slice = task.next(false);
    while (!slice.done) {
      const now = performance.now();
      if (now - listenedAt > SLICE_MS) {
        const { dutyCycle } = goal;
        await (dutyCycle < 1 ? delay((now - listenedAt) * (1 / dutyCycle - 1)) : messagesHandled());
        // A burn-in can be long: a pause does not wait for its end.
        if (running.samples === 0) await waitForGoal();
        listenedAt = performance.now();
      }
      slice = task.next(false);
    }
  };
  const { burnIn, measurement } = task;
  await waitForGoal();
  const part = Math.max(1, Math.ceil(burnIn / BURN_IN_PARTS));
  for (let advanced = 0; advanced < burnIn;) {
    advanced = Math.min(burnIn, advanced + part);
    await work(running.advanceTo(advanced));
    reportWhenDue();
  }
  for (;;) {
    await waitForGoal();
    const startedAt = performance.now();
    await work(running.advanceTo(burnIn + running.samples * measurement.lag));
    await work(running.sample());
    trail.push(running.representation());
    trailSteps.push((running.samples - 1) * measurement.lag);
    trailFrames.push(running.frame());
    if (trail.length > MAX_TRAIL) {
      const everySecond = (_: unknown, k: number): boolean => k % 2 === 0;
      [trail, trailSteps] = [trail.filter(everySecond), trailSteps.filter(everySecond)];
      trailFrames = trailFrames.filter(everySecond);
    }
    reportWhenDue();
    if (await goal.untilDue(running.samples, startedAt)) listenedAt = performance.now();
    await waitForOthers();
  }
}

const { port1: receiver, port2: sender } = new MessageChannel();

/** Lets waiting messages be handled: by a message to this worker itself, which unlike a timer is never delayed. */
function messagesHandled(): Promise<void> {
  return new Promise((resolve) => {
    receiver.onmessage = () => {
      resolve();
    };
    sender.postMessage(null);
  });
}
