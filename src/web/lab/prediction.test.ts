import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LabPoint } from '../prediction/messages.js';
import { PredictionScheduler, predictState } from './prediction.js';
import { presetDefaults } from './presets.js';
import { initialState } from './state.js';

interface Question {
  readonly resolve: (answer: string) => void;
  readonly reject: (error: Error) => void;
}

/** A scheduler whose questions are answered by the test. */
function scheduled() {
  const questions: Question[] = [];
  const accepted: string[] = [];
  const rejected: unknown[] = [];
  const scheduler = new PredictionScheduler<string>({
    ask: () => new Promise((resolve, reject) => questions.push({ resolve, reject })),
    accept: (answer) => {
      accepted.push(answer);
      return Promise.resolve();
    },
    reject: (error) => rejected.push(error),
  });
  return { scheduler, questions, accepted, rejected };
}

describe('the prediction scheduler', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('asks once for changes that follow closely', () => {
    const { scheduler, questions } = scheduled();
    for (let k = 0; k < 5; k++) scheduler.schedule();
    expect([scheduler.isScheduled, questions.length]).toEqual([true, 0]);
    vi.advanceTimersByTime(40);
    expect([scheduler.isScheduled, questions.length]).toEqual([false, 1]);
  });

  it('lets a quick answer arrive before it asks again', async () => {
    const { scheduler, questions, accepted } = scheduled();
    void scheduler.ask();
    scheduler.schedule();
    vi.advanceTimersByTime(200);
    expect(questions).toHaveLength(1);
    questions[0].resolve('quick');
    await vi.advanceTimersByTimeAsync(40);
    expect([accepted, questions.length]).toEqual([['quick'], 2]);
  });

  it('asks again without a slow answer, which is then ignored', async () => {
    const { scheduler, questions, accepted } = scheduled();
    void scheduler.ask();
    scheduler.schedule();
    await vi.advanceTimersByTimeAsync(480);
    expect(questions).toHaveLength(2);
    questions[1].resolve('newer');
    questions[0].resolve('slow');
    await vi.advanceTimersByTimeAsync(0);
    expect(accepted).toEqual(['newer']);
  });

  it('reports the error of the latest question only', async () => {
    const { scheduler, questions, rejected } = scheduled();
    void scheduler.ask();
    void scheduler.ask();
    questions[0].reject(new Error('superseded'));
    questions[1].reject(new Error('no prediction'));
    await vi.advanceTimersByTimeAsync(0);
    expect(rejected).toEqual([new Error('no prediction')]);
  });

  it('asks at once after an error', async () => {
    const { scheduler, questions } = scheduled();
    void scheduler.ask();
    questions[0].reject(new Error('no prediction'));
    await vi.advanceTimersByTimeAsync(0);
    scheduler.schedule();
    vi.advanceTimersByTime(40);
    expect(questions).toHaveLength(2);
  });
});

describe('the prediction for a state', () => {
  const point = { name: 'answer' } as LabPoint;
  const files = [{ name: 'rows.csv', bytes: new Uint8Array() }];
  const theory = { point: vi.fn(() => Promise.resolve(point)) };

  it('asks for the experiment of the preset without files, and knows its frequency', async () => {
    const state = { ...initialState, parameters: presetDefaults.frequency };
    expect(await predictState(state, theory, files)).toMatchObject({ point, frequency: 0.3 });
    const experiment = expect.objectContaining({ name: 'frequency' }) as object;
    expect(theory.point).toHaveBeenLastCalledWith({ experiment, files: [] }, expect.any(Function));
  });

  it('asks for the experiment of the user with its files', async () => {
    const experiment = { name: 'mine', model: {} };
    const predicted = await predictState({ ...initialState, userExperiment: experiment }, theory, files);
    expect(predicted).toEqual({ experiment, point, frequency: null });
    expect(theory.point).toHaveBeenLastCalledWith({ experiment, files }, expect.any(Function));
  });

  it('hands over a first answer with its experiment', async () => {
    const inSteps = {
      point: (_: unknown, first?: (point: LabPoint) => void) => {
        first?.({ ...point, name: 'by samples' });
        return Promise.resolve(point);
      },
    };
    const firsts: unknown[] = [];
    const state = { ...initialState, userExperiment: { name: 'mine' } };
    const last = await predictState(state, inSteps, files, (first) => firsts.push(first));
    expect(firsts).toEqual([{ ...last, point: { ...point, name: 'by samples' } }]);
  });
});
