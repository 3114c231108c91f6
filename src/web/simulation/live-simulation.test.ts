import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Task } from '#experiment';
import type { Kernel } from '#kernel';
import { LiveSimulation } from './live-simulation.js';
import type { EstimateEvent, WorkerCommand, WorkerEvent } from './messages.js';

type GoalCommand = Extract<WorkerCommand, { kind: 'goal' }>;

/** A worker that records its goals, and says what it is told to. */
class FakeWorker extends EventTarget {
  static made: FakeWorker[] = [];
  readonly goals: GoalCommand[] = [];
  /** Samples that it may not exceed. */
  readonly limits: number[] = [];
  terminated = false;

  constructor() {
    super();
    FakeWorker.made.push(this);
  }
  postMessage(command: WorkerCommand): void {
    if (command.kind === 'goal') this.goals.push(command);
    if (command.kind === 'limit') this.limits.push(command.samples);
  }
  terminate(): void {
    this.terminated = true;
  }
  get goal(): GoalCommand {
    return this.goals[this.goals.length - 1];
  }
  /** Says how far it is, and that it waits if it has reached its goal. */
  report(samples: number): void {
    const waiting = samples >= this.goal.samples;
    const event = { kind: 'progress', steps: samples, samples, goal: this.goal.number, waiting, trail: [] };
    this.say({ ...event, trailSteps: [], trailFrames: [] } as WorkerEvent);
  }
  say(data: WorkerEvent | EstimateEvent): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

class FakePage extends EventTarget {
  hidden = false;
  setHidden(hidden: boolean): void {
    this.hidden = hidden;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

const task = { burnIn: 0, replicas: [0, 1], measurement: {} } as unknown as Task;

/** A simulation that runs on two workers, which are at 4 and 40 samples. */
function running() {
  const simulation = new LiveSimulation(task, {} as Kernel, 2, null, () => undefined);
  const [estimator, behind, ahead] = FakeWorker.made;
  simulation.start();
  ahead.report(40);
  behind.report(4);
  return { simulation, estimator, ahead, behind };
}

let page: FakePage;
beforeEach(() => {
  FakeWorker.made = [];
  page = new FakePage();
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal('document', page);
});
afterEach(() => vi.unstubAllGlobals());

describe('a pause', () => {
  it('brings all replicas to the furthest sample without the pace, which comes back at the next start', () => {
    const { simulation, estimator, ahead, behind } = running();
    simulation.maxSampleRate = 1;
    expect(behind.goal).toMatchObject({ samples: Infinity, maxSampleRate: 1 });
    simulation.pause();
    for (const worker of [ahead, behind]) expect(worker.goal).toMatchObject({ samples: 0, maxSampleRate: Infinity });
    ahead.report(40);
    behind.report(4);
    expect(behind.goal).toMatchObject({ samples: 40, maxSampleRate: Infinity });
    ahead.report(40);
    behind.report(40);
    estimator.say({ samples: [40, 40], estimates: {} } as unknown as EstimateEvent);
    expect(simulation.snapshot().phase).toBe('paused');
    simulation.start();
    expect(behind.goal).toMatchObject({ samples: Infinity, maxSampleRate: 1 });
    simulation.end();
  });
});

describe('a pause of replicas that are equally far', () => {
  it('asks for their summaries, which those who only stop do not send', () => {
    const { simulation, estimator, ahead, behind } = running();
    simulation.pause();
    ahead.report(40);
    behind.report(40);
    for (const worker of [ahead, behind]) expect(worker.goal.samples).toBe(40);
    estimator.say({ samples: [40, 40], estimates: {} } as unknown as EstimateEvent);
    expect(simulation.snapshot().phase).toBe('pausing');
    ahead.report(40);
    behind.report(40);
    expect(simulation.snapshot().phase).toBe('paused');
    simulation.end();
  });

  it('begins at once in a burn-in', () => {
    const simulation = new LiveSimulation(task, {} as Kernel, 2, null, () => undefined);
    simulation.start();
    simulation.pause();
    for (const worker of FakeWorker.made.slice(1)) worker.report(0);
    expect(simulation.snapshot().phase).toBe('paused');
    simulation.end();
  });
});

describe('workers that run', () => {
  afterEach(() => vi.useRealTimers());

  it('are no more than half a second ahead of the slowest, and not limited before their speed is known', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const { simulation, ahead, behind } = running();
    expect(ahead.limits).toEqual([]);
    vi.advanceTimersByTime(2000);
    ahead.report(110);
    behind.report(104);
    // Two samples ahead of the fourth, then half a second at 52 samples a second.
    expect(ahead.limits).toEqual([4 + 2, 104 + 26]);
    expect(behind.limits).toEqual(ahead.limits);
    page.setHidden(true);
    behind.report(105);
    expect(ahead.limits).toHaveLength(2);
    simulation.end();
  });

  it('may be two samples ahead where samples take long', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const { simulation, ahead, behind } = running();
    vi.advanceTimersByTime(60_000);
    behind.report(6);
    expect(ahead.limits).toEqual([8]);
    simulation.end();
  });
});

describe('a hidden page', () => {
  it('lets its workers rest, says so, and goes on when it is shown again', () => {
    const { simulation, ahead, behind } = running();
    page.setHidden(true);
    for (const worker of [ahead, behind]) expect(worker.goal.samples).toBe(0);
    // What else changes the goal does not wake them.
    simulation.maxSampleRate = 30;
    simulation.dutyCycle = 0.5;
    expect(behind.goal).toMatchObject({ samples: 0, maxSampleRate: 30, dutyCycle: 0.5 });
    expect(simulation.snapshot()).toMatchObject({ phase: 'running', resting: true });
    page.setHidden(false);
    expect(behind.goal).toMatchObject({ samples: Infinity, maxSampleRate: 30 });
    expect(simulation.snapshot()).toMatchObject({ phase: 'running', resting: false });
    expect(simulation.snapshot().rested).toBeGreaterThan(0);
    simulation.end();
  });

  it('rests from the start, can be paused, and has no effect on a simulation that has ended', () => {
    page.hidden = true;
    const { simulation, ahead, behind } = running();
    expect(behind.goal.samples).toBe(0);
    simulation.pause();
    expect(simulation.snapshot()).toMatchObject({ phase: 'pausing', resting: false });
    ahead.report(40);
    behind.report(4);
    expect(behind.goal.samples).toBe(40);
    page.setHidden(false);
    expect(behind.goal.samples).toBe(40);
    simulation.end();
    const goals = behind.goals.length;
    page.setHidden(true);
    page.setHidden(false);
    expect(behind.goals).toHaveLength(goals);
  });
});
