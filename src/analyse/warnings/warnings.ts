import { exp } from '#random';
import { codesOf, inactiveCells, withInactiveAs } from '../codes/codes.js';
import { normalised } from '../codes/normalise.js';
import { fitLaw } from '../law/fit-law.js';
import { motionStatistics } from '../law/motion.js';
import { jackknifeError } from '../codes/jackknife.js';
import { shown } from '../controls/controls.js';
import { findGainStep, findJump } from '../controls/steps.js';
import { FAILS_BELOW, probabilityOfZero } from '../controls/significance.js';
import { findTwoMaps } from '../controls/two-maps.js';
import type { Findings } from '../findings.js';
import type { Control, Warning } from '../report.js';
import { neighbourNoise } from './neighbour-noise.js';

const FEW_NEURONS_SHARE = 0.1;
const FEW_NEURONS = 5;
const SATURATED = 0.5;
const NEIGHBOUR_NOISE = 0.3;
const IDENTICAL_TRIALS = 0.9;

/** What a reader must know, from the design of the recording and from what was found. */
export function warningsOf(findings: Findings, controls: readonly Control[]): readonly Warning[] {
  return [
    ...designWarnings(findings),
    ...signalWarnings(findings),
    ...eventWarnings(findings),
    ...notStationary(controls),
  ];
}

function designWarnings(findings: Findings): Warning[] {
  const { recording } = findings;
  const { sessions, trials, stimuli, neurons, noiseFree } = recording;
  const result: Warning[] = [];
  const warn = (name: string, message: string): void => void result.push({ name, message });
  if (trials === 1 && !noiseFree) {
    warn('oneTrial', 'one trial a session: trial noise cannot be told from fluctuation, and F contains it');
  } else if (trials < 4 && !noiseFree) {
    warn(
      'fewTrials',
      `${trials} trials a session: similarities take trial noise to be alike in neighbouring sessions; four trials do without`,
    );
  }
  const identical = identicalTrials(findings);
  if (identical > IDENTICAL_TRIALS) {
    warn(
      'identicalTrials',
      `in ${shown(100 * identical)}% of active cells all trials of a session are the same: they have no trial noise, as copies of one trial or of a ` +
        'mean have none, and no noise is subtracted; F contains what noise there is. Give single trials, or leave the trial axis out',
    );
  }
  if (sessions < 4) {
    const lost = sessions < 3 ? 'D, F and v cannot be told apart' : 'v cannot be told from D, and is taken to be 0';
    warn('fewSessions', `${sessions} sessions: ${lost}; four sessions tell`);
  }
  if (stimuli > neurons) {
    warn(
      'moreStimuliThanNeurons',
      `${stimuli} stimuli in ${neurons} neurons: codes cannot turn without mixing stimuli`,
    );
  }
  const lost = lostCells(findings);
  if (lost !== null) warn('lostCells', lost);
  return result;
}

/** Share of the means other than 0 whose trials do not differ at all; NaN without trials to compare. */
function identicalTrials({ codes: { mean, noise }, recording: { trials, noiseFree } }: Findings): number {
  if (trials === 1 || noiseFree) return NaN;
  let [same, active] = [0, 0];
  for (let c = 0; c < mean.length; c++) {
    if (Number.isNaN(mean[c]) || mean[c] === 0) continue;
    active++;
    if (noise[c] === 0) same++;
  }
  return same / active;
}

/** Cells that have no value, or are 0 throughout a session: with D and F both ways, which bound the truth. Null where there are none. */
function lostCells({ recording, codes, blocks, options }: Findings): string | null {
  const { silent, lost } = inactiveCells(recording);
  const share = (cells: ArrayLike<number>, is: (value: number) => boolean): number =>
    (100 * Array.from(cells).filter(is).length) / cells.length;
  const zero = share(silent, (own) => own === 1) - share(lost, (own) => own === 1);
  const missing = share(codes.mean, Number.isNaN);
  if (missing === 0 && zero === 0) return null;
  const counted = [
    ...(missing > 0 ? [`${shown(missing)}% have no value`] : []),
    ...(zero > 0 ? [`${shown(zero)}% are 0 in all trials`] : []),
  ];
  const both = ([NaN, 0] as const).map((value) => {
    const own = codesOf(withInactiveAs(recording, value), false);
    const { diffusion, fluctuation } = motionStatistics(fitLaw(normalised(own, options.normalise)).sums, blocks);
    return `D = ${shown(diffusion.value)}, F = ${shown(fluctuation.value)}`;
  });
  return (
    `of cells in a session, ${counted.join(' and ')}. Lost and silent cells are not the same: with both as missing ${both[0]}, with both as ` +
    `silent (0) ${both[1]}, which bound the truth where loss does not depend on drift`
  );
}

function signalWarnings({ codes, population, pairs, groups, recording }: Findings): Warning[] {
  const result: Warning[] = [];
  const { neurons, mean, noise } = codes;
  const strengths = new Float64Array(neurons);
  let [left, count] = [0, 0];
  for (let c = 0; c < mean.length; c++) {
    if (Number.isNaN(mean[c])) continue;
    strengths[c % neurons] += mean[c] ** 2 - noise[c];
    left += noise[c];
    count++;
  }
  const noiseOfMeans = (neurons * left) / count;
  const strength = population.strength.value;
  if (!(strength > 2 * noiseOfMeans) && !recording.noiseFree) {
    result.push({
      name: 'noiseNearSignal',
      message: `trial noise left in the means (${shown(noiseOfMeans)}) is more than half of the strength (${shown(strength)})`,
    });
  }
  const positive = strengths.map((value) => Math.max(0, value));
  const sum = positive.reduce((total, value) => total + value, 0);
  const participation = sum ** 2 / positive.reduce((total, value) => total + value * value, 0);
  if (participation < FEW_NEURONS_SHARE * neurons || participation < Math.min(FEW_NEURONS, neurons / 2)) {
    result.push({
      name: 'fewNeuronsDominate',
      message: `the code is carried by about ${shown(participation)} of ${neurons} neurons, (sum a)²/sum a²: errors over neurons rest on these`,
    });
  }
  const last = groups.at(-1);
  const furthest = last ? Math.max(...last.pairs.map((p) => pairs.displacement(p, -1))) : NaN;
  if (furthest > 2 * SATURATED * strength) {
    result.push({
      name: 'saturation',
      message:
        'at the longest gap codes have moved by more than their length: displacement no longer grows in proportion to time',
    });
  }
  const { quadratic } = population;
  if (quadratic.value < 0 && probabilityOfZero(quadratic) < FAILS_BELOW) {
    result.push({
      name: 'boundedDrift',
      message: `displacement grows ever more slowly with the gap, |v|² = ${shown(quadratic.value)} ± ${shown(jackknifeError(quadratic))}: drift that is bounded, and not a random walk with a drift`,
    });
  }
  const correlation = neighbourNoise(recording);
  if (correlation > NEIGHBOUR_NOISE) {
    result.push({
      name: 'smoothing',
      message: `neighbouring stimuli share ${shown(100 * correlation)}% of their trial noise, as after smoothing: they are not independent stimuli`,
    });
  }
  return result;
}

function eventWarnings(findings: Findings): Warning[] {
  const result: Warning[] = [];
  const warn = (name: string, message: string): void => void result.push({ name, message });
  const between = (session: number): string => `between sessions ${session} and ${session + 1}`;
  const step = findGainStep(findings);
  if (step) {
    const factor = exp(step.size.value);
    warn(
      'gainStep',
      `activity as a whole changed by the factor ${shown(factor)} or more ${between(step.session)}: see D with --normalise gain`,
    );
  }
  const maps = findTwoMaps(findings);
  if (maps) {
    const list = maps.map((s) => s + 1).join(', ');
    warn(
      'twoMaps',
      `sessions ${list} see another map than the others: self-correlations at one gap fall into two groups`,
    );
  }
  const jump = step || maps ? null : findJump(findings);
  if (jump) {
    warn(
      'jump',
      `the code moved at once ${between(jump.session)}, by ${shown(jump.size.value)} ± ${shown(jackknifeError(jump.size))} ` +
        'more in squared displacement than at other steps',
    );
  }
  return result;
}

/** Controls that speak of a stationary random walk. */
const WALK = new Set(['halvesOfSession', 'kurtosis', 'worstSession', 'twoEstimators', 'predictedDecay']);

function notStationary(controls: readonly Control[]): Warning[] {
  const failed = controls.filter(({ name, passed }) => passed === false && WALK.has(name)).map(({ name }) => name);
  if (failed.length === 0) return [];
  return [{ name: 'notStationaryRandomWalk', message: `not a stationary random walk: ${failed.join(', ')} failed` }];
}
