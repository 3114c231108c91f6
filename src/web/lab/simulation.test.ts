import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Task } from '#experiment';
import { zeros } from '#linalg';
import type { LabPoint } from '../prediction/messages.js';
import type { Checkpoint, Phase, SimulationSnapshot } from '../simulation/snapshot.js';
import { SimulationController } from './simulation.js';
import { reduce } from './reduce.js';
import { initialState } from './state.js';

const point = {
  task: {
    replicas: [0, 1],
    start: 'manifold',
    reduceHiddenUnits: true,
    measurement: { lag: 100, frame: { rank: 2, referencePoint: [zeros(2, 4)] }, probes: 3 },
  } as unknown,
  probes: [{ halfLife: null }] as unknown,
} as LabPoint;
const weights: Checkpoint = { states: [[zeros(2, 4)], [zeros(2, 4)]], trail: [] };

/** A simulation that records what it is told. */
class FakeSimulation {
  phase: Phase = 'ready';
  ended = false;
  failure: string | null = null;
  maxSampleRate = NaN;
  dutyCycle = NaN;
  readonly task: Task;
  readonly checkpointUsed: Checkpoint | null;
  readonly changed: () => void;

  constructor(task: Task, checkpoint: Checkpoint | null, changed: () => void) {
    this.task = task;
    this.checkpointUsed = checkpoint;
    this.changed = changed;
  }
  start(): void {
    this.phase = 'running';
  }
  pause(): void {
    this.phase = 'paused';
  }
  step(): void {
    this.phase = 'pausing';
  }
  end(): void {
    this.ended = true;
  }
  checkpoint(): Promise<Checkpoint> {
    return Promise.resolve(weights);
  }
  snapshot(): SimulationSnapshot {
    return { phase: this.phase, failure: this.failure } as SimulationSnapshot;
  }
}

/** A controller, with its store and the simulations that it has created. */
function controlled() {
  const made: FakeSimulation[] = [];
  const shown: SimulationSnapshot[] = [];
  const store = { state: { ...initialState } };
  const controller = new SimulationController({
    state: () => store.state,
    dispatch: (event) => (store.state = reduce(store.state, event)),
    create(task, checkpoint, changed) {
      const simulation = new FakeSimulation(task, checkpoint, changed);
      made.push(simulation);
      return simulation;
    },
    onSnapshot: (snapshot) => shown.push(snapshot),
  });
  return { store, controller, made, shown };
}

describe('the controller of the simulation', () => {
  let frames: (() => void)[] = [];
  beforeEach(() => {
    vi.useFakeTimers();
    frames = [];
    vi.stubGlobal('requestAnimationFrame', (callback: () => void) => frames.push(callback));
    vi.stubGlobal('cancelAnimationFrame', (number: number) => (frames[number - 1] = () => undefined));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('starts one simulation after changes that follow closely', () => {
    const { store, controller, made } = controlled();
    store.state = { ...store.state, point, view: { ...store.state.view, pace: 1000 } };
    controller.restartSoon();
    vi.advanceTimersByTime(200);
    controller.restartSoon();
    vi.advanceTimersByTime(249);
    expect(made).toHaveLength(0);
    vi.advanceTimersByTime(1);
    expect(made).toMatchObject([{ phase: 'running', maxSampleRate: 10, dutyCycle: 1 }]);
    expect(store.state).toMatchObject({ snapshot: { phase: 'running' }, continued: false });
  });

  it('keeps the pace that the page shows, in steps a second', () => {
    const { store, controller, made } = controlled();
    store.state = { ...store.state, point };
    controller.restart();
    // No code turns here: the networks learn as fast as they can.
    expect(made[0].maxSampleRate).toBe(Infinity);
    store.state = { ...store.state, view: { ...store.state.view, pace: 5000 } };
    controller.keepPace();
    expect(made[0].maxSampleRate).toBe(50);
  });

  it('leaves the page most of the time for a moment after the user has done something', () => {
    const { store, controller, made } = controlled();
    store.state = { ...store.state, point };
    controller.restart();
    controller.giveWay();
    expect(made[0].dutyCycle).toBe(0.25);
    vi.advanceTimersByTime(300);
    controller.giveWay();
    controller.restart();
    vi.advanceTimersByTime(399);
    expect(made[1].dutyCycle).toBe(0.25);
    vi.advanceTimersByTime(1);
    expect(made[1].dutyCycle).toBe(1);
    for (const act of [
      () => {
        controller.pause();
      },
      () => {
        controller.start();
      },
      () => {
        controller.step();
      },
    ]) {
      controller.giveWay();
      act();
      expect(made[1].dutyCycle).toBe(1);
    }
  });

  it('starts nothing without a prediction', () => {
    const { controller, made } = controlled();
    controller.restart();
    expect(made).toHaveLength(0);
  });

  it('leaves a simulation waiting while it is paused, also after a restart', () => {
    const { store, controller, made } = controlled();
    store.state = { ...store.state, point };
    controller.pause();
    controller.restart();
    expect(made[0].phase).toBe('ready');
    controller.start();
    controller.restart();
    expect(made).toMatchObject([
      { phase: 'running', ended: true },
      { phase: 'running', ended: false },
    ]);
  });

  it('shows a snapshot a quarter of a second after the one before where networks learn as fast as they can', () => {
    const { store, controller, made, shown } = controlled();
    store.state = { ...store.state, point };
    controller.restart();
    const show = (): void => {
      made[0].changed();
      for (const frame of frames.splice(0)) frame();
    };
    show();
    expect(shown).toHaveLength(1);
    show();
    vi.advanceTimersByTime(249);
    expect([shown.length, frames.length]).toEqual([1, 0]);
    vi.advanceTimersByTime(1);
    for (const frame of frames.splice(0)) frame();
    expect(shown).toHaveLength(2);
    controller.pause();
    show();
    expect(shown).toHaveLength(3);
  });

  it('shows one snapshot a frame, however often the simulation changes', () => {
    const { store, controller, made, shown } = controlled();
    store.state = { ...store.state, point };
    controller.restart();
    for (let k = 0; k < 3; k++) made[0].changed();
    made[0].pause();
    for (const frame of frames) frame();
    expect(shown).toEqual([{ phase: 'paused', failure: null }]);
    expect(store.state.snapshot).toBe(shown[0]);
  });

  it('shows nothing of a simulation that has ended before the frame', () => {
    const { store, controller, made, shown } = controlled();
    store.state = { ...store.state, point };
    controller.restart();
    made[0].changed();
    controller.stop();
    for (const frame of frames) frame();
    expect(shown).toEqual([]);
  });

  it.each([
    'the rotation is ambiguous; sample more often, with a smaller lag',
    'the rotation is ambiguous; give a smaller learningRate',
  ])('explains a failure by what can be changed in the page: %s', (failure) => {
    const { store, controller, made } = controlled();
    store.state = { ...store.state, point };
    controller.restart();
    made[0].failure = failure;
    made[0].changed();
    for (const frame of frames) frame();
    expect(store.state.message).toBe(
      'The simulation stopped: the rotation is ambiguous. Reduce the learning rate or the noise.',
    );
  });

  it('continues with the saved weights and new random streams where weights are kept', async () => {
    const { store, controller, made } = controlled();
    store.state = { ...store.state, point, keepWeights: true };
    controller.restart();
    await controller.saveWeights();
    controller.restart();
    expect(made[1].checkpointUsed).toBe(weights);
    expect(made[1].task.replicas).toEqual([2 ** 20, 2 ** 20 + 1]);
    expect(store.state.continued).toBe(true);
  });

  it('goes on once from phase to phase where weights are not kept in general', async () => {
    const { store, controller, made } = controlled();
    store.state = { ...store.state, point, keepWeights: false };
    controller.restart();
    controller.goOn();
    await controller.saveWeights();
    controller.restart();
    expect(made[1].checkpointUsed).toBe(weights);
    expect(store.state.continued).toBe(true);
    await controller.saveWeights();
    controller.restart();
    expect(made[2].checkpointUsed).toBeNull();
  });

  it.each([
    ['where weights are not kept', false, false],
    ['after a change that makes other networks', true, true],
  ])('starts afresh %s', async (_, keepWeights, forget) => {
    const { store, controller, made } = controlled();
    store.state = { ...store.state, point, keepWeights };
    controller.restart();
    await controller.saveWeights();
    if (forget) controller.forgetWeights();
    controller.restart();
    expect(made[1].checkpointUsed).toBeNull();
    expect(made[1].task.replicas).toEqual([0, 1]);
    expect(store.state.continued).toBe(false);
  });
});
