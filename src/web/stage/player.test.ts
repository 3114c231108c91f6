import { describe, expect, it } from 'vitest';
import type { LabPoint } from '../prediction/messages.js';
import type { SimulationSnapshot } from '../simulation/snapshot.js';
import { StagePlayer } from './player.js';
import type { EffectiveProcess } from './process.js';

/** Two codes of two modes in three units. */
const codes = [Float64Array.of(1, 0), Float64Array.of(0, 2)];
const point = {
  probes: codes.map((representation) => ({ representation })),
  motion: {},
  task: { replicas: [0, 1], seed: 1 },
} as unknown as LabPoint;

/** R^T that turns the modes by an angle in the plane of the first two units. */
const frameAt = (angle: number): Float64Array =>
  Float64Array.of(Math.cos(angle), Math.sin(angle), 0, -Math.sin(angle), Math.cos(angle), 0);
const hiddenAt = (angle: number): Float64Array =>
  Float64Array.of(Math.cos(angle), Math.sin(angle), 0.1, -2 * Math.sin(angle), 2 * Math.cos(angle), 0);
const first = hiddenAt(0);

/** A network that has made some steps, a degree in each hundred, at some steps of both replicas in a second. */
const snapshotAt = (samples: number, speed = 1e6): SimulationSnapshot => {
  const angles = Array.from({ length: samples }, (_, k) => (k * Math.PI) / 180);
  return {
    phase: 'running',
    first,
    speed,
    trail: angles.map(hiddenAt),
    trailSteps: angles.map((_, k) => 100 * k),
    trailFrames: angles.map(frameAt),
  } as unknown as SimulationSnapshot;
};

/** A process that turns by a right angle at once. */
class FakeProcess {
  advance(): Float64Array {
    return frameAt(Math.PI / 2);
  }
}
const playerOf = (): StagePlayer =>
  new StagePlayer(() => Promise.resolve(FakeProcess as unknown as typeof EffectiveProcess));

/** Lets the page pass so many ms, in frames. */
function wait(player: StagePlayer, from: number, time: number, pace = 1000): void {
  for (let now = from; now <= from + time; now += 16) player.advance(now, true, pace);
}

describe('the player of the stage', () => {
  it('comes to the latest sample of the network, on the way of its codes without their fluctuation', () => {
    const player = playerOf();
    player.feed(point, snapshotAt(11), 1000);
    expect(player.points()).toHaveLength(1);
    wait(player, 0, 3000);
    expect(player.clock).toBe(1000);
    const points = player.points();
    expect(points.map(({ step }) => step)).toEqual(Array.from({ length: 11 }, (_, k) => 100 * k));
    expect(points[0].places[2]).toBeCloseTo(0, 6);
    expect(points[0].jitter[2]).toBeCloseTo(0.1, 6);
    expect(points[10].places[0]).toBeCloseTo(Math.cos(Math.PI / 18), 6);
    expect(player.angles.map((angle) => (angle ?? NaN) * (180 / Math.PI))).toEqual([
      expect.closeTo(10, 6),
      expect.closeTo(10, 6),
    ]);
  });

  it('is between two samples while it is on the way', () => {
    const player = playerOf();
    player.feed(point, snapshotAt(2), 1000);
    player.advance(0, true, 1000);
    player.advance(50, true, 1000);
    expect(player.clock).toBeGreaterThan(0);
    expect(player.clock).toBeLessThan(100);
    expect(player.course(0)).toEqual({ network: [[0, 1]], process: [] });
    expect(player.points().at(-1)?.step).toBe(player.clock);
  });

  it('hands over to the effective process where the network is too slow for the clock, until it has caught up', async () => {
    const player = playerOf();
    player.feed(point, snapshotAt(11, 1e4), 1e6);
    await Promise.resolve();
    await Promise.resolve();
    expect(player.mover).toBe('process');
    player.advance(0, true, 1e6);
    player.advance(100, true, 1e6);
    expect(player.clock).toBe(1000 + 1e5);
    expect(player.points().at(-1)?.byProcess).toBe(true);
    expect(player.angles[0]).toBeCloseTo(Math.PI / 2, 12);
    const { network, process } = player.course(1);
    network.forEach(([step, value], k) => {
      expect([step, value]).toEqual([100 * k, expect.closeTo(Math.cos((k * Math.PI) / 180), 12)]);
    });
    // From where the network was last.
    expect(process).toEqual([network[10], [1000 + 1e5, expect.closeTo(0, 12)]]);
    player.advance(200, false, 1e6);
    expect(player.clock).toBe(1000 + 1e5);
    player.feed(point, { ...snapshotAt(2), trailSteps: [2e5, 3e5] }, 1e6);
    expect(player.mover).toBe('network');
    wait(player, 0, 9000);
    const steps = player.points().map(({ step }) => step);
    expect(steps).toEqual([...Array.from({ length: 11 }, (_, k) => 100 * k), 2e5, 3e5]);
    expect(player.points().some(({ byProcess }) => byProcess)).toBe(false);
  });

  it.each([
    ['goes with the network', Infinity],
    ['is slower than the network', 1000],
  ])('comes back to the network where the clock %s', async (_, pace) => {
    const player = playerOf();
    player.feed(point, snapshotAt(11, 1e4), 1e6);
    await Promise.resolve();
    await Promise.resolve();
    player.advance(0, true, 1e6);
    player.advance(100, true, 1e6);
    expect(player.clock).toBe(1000 + 1e5);
    // The page may draw before it hears of the pace.
    if (pace === Infinity) player.advance(116, true, pace);
    player.feed(point, snapshotAt(12, pace === Infinity ? 1e4 : 1e6), pace);
    expect(player.mover).toBe('network');
    expect(player.clock).toBeLessThanOrEqual(1100);
    wait(player, 200, 3000, pace);
    expect(player.points()).toHaveLength(12);
  });

  it.each([
    ['a network that keeps up', 1e6, 1e5, point],
    ['a clock that goes with the network', 1e4, Infinity, point],
    ['a rule whose units do not turn', 1e4, 1e6, { ...point, motion: null }],
  ])('stays with %s', async (_, speed, pace, shown) => {
    const player = playerOf();
    player.feed(shown, snapshotAt(11, speed), pace);
    await Promise.resolve();
    await Promise.resolve();
    expect(player.mover).toBe('network');
  });

  it('stays with the network where the process cannot be loaded, and asks for it once', async () => {
    let asked = 0;
    const player = new StagePlayer(() => {
      asked++;
      return Promise.reject(new Error('offline'));
    });
    for (let k = 0; k < 3; k++) {
      player.feed(point, snapshotAt(11 + k, 1e4), 1e6);
      await new Promise((resolve) => setTimeout(resolve));
    }
    expect(player.mover).toBe('network');
    expect(asked).toBe(1);
  });

  it('begins again with another simulation', () => {
    const player = playerOf();
    player.feed(point, snapshotAt(11), 1000);
    wait(player, 0, 3000);
    player.feed(point, { ...snapshotAt(1), first: hiddenAt(1) }, 1000);
    expect(player.clock).toBe(0);
    expect(player.points()).toHaveLength(1);
  });
});
