import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CancelledPrediction, TheoryClient } from './client.js';
import type { LabPoint, TheoryAnswer, TheoryRequest } from './messages.js';

/** A worker whose answers the test gives. */
class FakeWorker extends EventTarget {
  static latest: FakeWorker;
  readonly asked: TheoryRequest[] = [];
  terminated = false;

  constructor() {
    super();
    FakeWorker.latest = this;
  }

  postMessage(request: TheoryRequest): void {
    this.asked.push(request);
  }

  terminate(): void {
    this.terminated = true;
  }

  answer(answer: TheoryAnswer): void {
    this.dispatchEvent(new MessageEvent('message', { data: answer }));
  }
}

const given = { experiment: { model: {} }, files: [] };
const named = (name: string): LabPoint => ({ name }) as LabPoint;

describe('the theory worker', () => {
  beforeEach(() => {
    vi.stubGlobal('Worker', FakeWorker);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('gives a first answer, and then the answer', async () => {
    const said: string[] = [];
    const firsts: string[] = [];
    const client = new TheoryClient((text) => said.push(text));
    const point = client.point(given, ({ name }) => firsts.push(name));
    const [{ id }] = FakeWorker.latest.asked;
    FakeWorker.latest.answer({ kind: 'progress', id, text: 'a minute' });
    FakeWorker.latest.answer({ kind: 'first', id, point: named('by samples') });
    expect([said, firsts]).toEqual([['a minute'], ['by samples']]);
    FakeWorker.latest.answer({ kind: 'point', id, point: named('exact') });
    expect((await point).name).toBe('exact');
  });

  it('gives no first answer to a question that was cancelled', async () => {
    const firsts: string[] = [];
    const client = new TheoryClient();
    const point = client.point(given, ({ name }) => firsts.push(name));
    const worker = FakeWorker.latest;
    client.cancel();
    await expect(point).rejects.toThrow(CancelledPrediction);
    worker.answer({ kind: 'first', id: worker.asked[0].id, point: named('too late') });
    expect([worker.terminated, firsts]).toEqual([true, []]);
  });
});
