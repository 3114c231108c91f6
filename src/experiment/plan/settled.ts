import type { Prediction, Settling } from '#theory';
import { networkSize } from '../tasks/network-size.js';
import type { Point } from '../file/resolve.js';
import type { Plan, Unsettled } from './plan.js';

/** Multiplications of a plan up to which it waits for every mode: some ten minutes on two cores. */
const AFFORDABLE = 2e13;
/** How many times shorter a plan has to be to be taken instead. */
const SHORTER = 3;
/** Bias of D that lag and burn-in may each leave, relative. */
const BIAS = 0.0025;
/** Scatter that the bounded error of increments may add to that of the drift. */
const ADDED = 0.2;
/** Ratio of the times that are tried one after the other. */
const STEP = 1.1;

type Times = Pick<Plan, 'burnIn' | 'lag'>;

/**
 * The times of a plan from what D of the probes needs, where one mode near its threshold would make the usual ones unaffordable: such a mode
 * relaxes slowly, but D hardly depends on it. Null for plans that are affordable, would not be much shorter, or leave no mode
 * behind: their F and losses are stationary, too.
 */
export function settledTimes(point: Point, prediction: Prediction, usual: Plan): Times | null {
  const { simulation, phase } = point;
  const { settling } = prediction;
  if (!settling || phase || simulation.start !== 'manifold') return null;
  if (simulation.burnIn !== 'auto' || simulation.lag !== 'auto' || simulation.duration !== 'auto') return null;
  if (multiplications(point, usual) <= AFFORDABLE) return null;
  const known = settling();
  const lag = shortest(usual.lag, (time) => known.ofLag(time) <= BIAS && known.errorShare(time) <= ADDED);
  const increments = usual.samples - 1;
  const burnIn = shortest(usual.burnIn, (time) => known.ofBurnIn(time, increments * lag) <= BIAS);
  const isShorter = SHORTER * stepsOf({ ...usual, lag, burnIn }) <= stepsOf(usual);
  return isShorter && known.slowModes(burnIn).modes > 0 ? { burnIn, lag } : null;
}

/** What the times of a plan leave unsettled. */
export const unsettledBy = (settling: Settling, { burnIn, lag, samples }: Plan): Unsettled => ({
  ...settling.slowModes(burnIn),
  diffusion: settling.ofLag(lag) + settling.ofBurnIn(burnIn, (samples - 1) * lag),
  fluctuation: settling.ofFluctuation(burnIn),
});

function shortest(usual: number, isEnough: (time: number) => boolean): number {
  let time = usual;
  while (time > 1 && isEnough(time / STEP)) time /= STEP;
  return Math.max(1, Math.ceil(time));
}

const stepsOf = ({ burnIn, lag, samples }: Plan): number => burnIn + (samples - 1) * lag;

function multiplications(point: Point, plan: Plan): number {
  const { simulatedUnits, weights, hiddenUnits } = networkSize(point);
  return (3 * plan.replicas * stepsOf(plan) * weights * simulatedUnits) / hiddenUnits;
}
