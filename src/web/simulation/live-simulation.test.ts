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
  terminated = false;

  constructor() {
    super();
    FakeWorker.made.push(this);
  }
  postMessage(command: WorkerCommand): void {
    if (command.kind === 'goal') this.goals.push(command);
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
