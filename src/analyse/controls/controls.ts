import { normalised } from '../codes/normalise.js';
import { codesOf } from '../codes/codes.js';
import { combine, jackknife, jackknifeError, measured, type Jackknifed } from '../codes/jackknife.js';
import type { Findings } from '../findings.js';
import { fitLaw } from '../law/fit-law.js';
import { motionStatistics } from '../law/motion.js';
import { overPairs } from '../pairs/pair-sums.js';
import type { Agreement, Control, Measured, RecordingReport } from '../report.js';
import { chosen, jackknifeMatrices, matrixFit } from './session-matrix.js';
import { shuffledNeurons, testSessionOrder } from './session-order.js';
import { FAILS_BELOW, isDirected, probabilityOfZero } from './significance.js';
import type { WithinSession } from './within-session.js';

const ORDER_BELOW = 0.05;
const HEAVY_TAILS = 1;
/** Rates that differ by less, relatively, are the same for whoever reads them. */
const SAME_RATE = 0.2;

/** A number for a sentence. */
export const shown = (value: number | null): string =>
  value === null || !Number.isFinite(value) ? '–' : value.toPrecision(3);
const withError = ({ value, se }: Measured): string => `${shown(value)} ± ${shown(se)}`;
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Everything that is checked of a recording, whether or not it can be. */
export function controlsOf(
  findings: Findings,
  report: Pick<RecordingReport, 'agreement' | 'increments' | 'similarityShare'>,
  within: WithinSession | null,
  smoothShare: number | null,
): readonly Control[] {
  return [
    halvesOfSession(within),
    shuffledSessions(findings),
    neuronsShuffled(findings),
    rotationAndIndependent(report.similarityShare),
    smoothSurrogate(smoothShare),
    gain(findings),
    kurtosis(report.increments.kurtosis),
    worstSession(findings),
    twoEstimators(report.agreement.diffusion),
    predictedDecay(report.agreement.decay),
  ];
}

function halvesOfSession(within: WithinSession | null): Control {
  const name = 'halvesOfSession';
  if (!within) return notPossible(name, 'parts of a session were not compared: fewer than four trials');
  const { displacement, diffusion, fluctuation } = within;
  const parts: readonly [string, Jackknifed][] =
    diffusion && fluctuation
      ? [
          ['D', diffusion],
          ['F', fluctuation],
        ]
      : [['displacement', displacement]];
  const passed = parts.every(([, value]) => probabilityOfZero(value) >= FAILS_BELOW);
  const found = parts.map(([label, value]) => `${label}/‖h‖² = ${withError(measured(value))}`).join(', ');
  return {
    name,
    statement: `Parts of one session, taken as sessions: nothing should move; ${found}.`,
    passed,
    values: Object.fromEntries(
      parts.flatMap(([label, value]) => [
        [label, finite(value.value)],
        [`${label}Error`, finite(jackknifeError(value))],
      ]),
    ),
  };
}

function shuffledSessions(findings: Findings): Control {
  const name = 'shuffledSessions';
  const test = testSessionOrder(findings);
  if (!test) return notPossible(name, 'the order of sessions was not tested: fewer than four sessions');
  const { diffusion, shuffled, probability } = test;
  // Where D itself is compatible with 0, no order is expected to show.
  const drifts =
    probabilityOfZero(findings.population.diffusion) < FAILS_BELOW && findings.population.diffusion.value > 0;
  return {
    name,
    statement:
      `Sessions in random order: D = ${shown(shuffled.mean)} ± ${shown(shuffled.deviation)} (standard deviation over orders), ` +
      `${shown(diffusion)} in their own order, as large in ${shown(100 * probability)}% of orders` +
      `${drifts ? '' : '; D is not above 0 beyond doubt (p < 0.001), so that no order is expected to show'}.`,
    passed: !drifts || probability < ORDER_BELOW,
    values: { diffusion, shuffledMean: shuffled.mean, shuffledDeviation: shuffled.deviation, probability },
  };
}

function neuronsShuffled(findings: Findings): Control {
  const [nearest] = findings.groups;
  const floor = shuffledNeurons(findings);
  const seen = overPairs(findings.pairs.blocks, nearest.pairs, (pair, without) =>
    findings.pairs.selfCorrelation(pair, without),
  );
  const excess = combine([seen], (value) => value - floor);
  return {
    name: 'shuffledNeurons',
    statement:
      `Neurons of one session paired at random with those of another: self-correlation ${shown(floor)}, the floor; ` +
      `${withError(measured(seen))} at the shortest gap with their own.`,
    passed: excess.value > 0 && probabilityOfZero(excess) < FAILS_BELOW,
    values: { floor: finite(floor), selfCorrelation: finite(seen.value) },
  };
}

function rotationAndIndependent(share: Measured): Control {
  const name = 'surrogates';
  if (share.value === null || !share.interval95) {
    return notPossible(
      name,
      'similarity was not compared with surrogates: too few stimuli, noise leaves no similarity, or both surrogates are ' +
        'as similar, within the error',
    );
  }
  const [low, high] = share.interval95;
  const holds = [
    ...(low <= 0 && high >= 0 ? ['drift of each stimulus by itself (share 0)'] : []),
    ...(low <= 1 && high >= 1 ? ['a rotation of the whole code (share 1)'] : []),
  ];
  return {
    name,
    statement:
      `Similarity between a rotation and independent drift of each stimulus: share ${withError(share)}; ` +
      `${holds.length > 0 ? `compatible with ${holds.join(' and with ')}` : 'compatible with neither'}.`,
    passed: null,
    values: { share: share.value, shareError: share.se },
  };
}

const smoothSurrogate = (share: number | null): Control =>
  share === null
    ? notPossible(
        'smoothSurrogate',
        'drift that is smooth over neighbouring stimuli was not compared: noise leaves no similarity',
      )
    : {
        name: 'smoothSurrogate',
        statement:
          'Against drift that is alike in neighbouring stimuli (in the order of the recording) instead of independent drift ' +
          `the share that keeps similarity is ${shown(share)}.`,
        passed: null,
        values: { share },
      };

function gain(findings: Findings): Control {
  const { recording, codes, options, blocks, population } = findings;
  const plain = options.normalise === 'none' ? codes : codesOf(recording, options.zeroIsMissing);
  const how = options.normalise === 'gain' ? 'none' : 'gain';
  // The law is of means over all trials.
  const other = motionStatistics(fitLaw(normalised({ ...plain, groups: null, parts: null }, how)).sums, blocks);
  const relative = (motion: typeof population): Jackknifed =>
    combine([motion.diffusion, motion.strength], (d, h2) => d / h2);
  const [own, changed] = [relative(population), relative(other)];
  const difference = combine([own, changed], (a, b) => b - a);
  return {
    name: 'gain',
    statement:
      `D/‖h‖² is ${withError(measured(own))}, ${withError(measured(changed))} ` +
      `${how === 'gain' ? 'with the gain of each session divided out' : 'without the gain of each session divided out'}.`,
    passed: Number.isFinite(difference.value)
      ? probabilityOfZero(difference) >= FAILS_BELOW || Math.abs(difference.value) <= SAME_RATE * Math.abs(own.value)
      : null,
    values: { relativeDiffusion: finite(own.value), otherwise: finite(changed.value) },
  };
}

function kurtosis({ value, se }: Measured): Control {
  const name = 'kurtosis';
  if (value === null || se === null)
    return notPossible(name, 'kurtosis of increments was not found: fewer than ten a neuron');
  return {
    name,
    statement: `Excess kurtosis of the increments of neurons: ${shown(value)} ± ${shown(se)}; 0 for a Gaussian walk.`,
    passed: value < HEAVY_TAILS || value < 4 * se,
    values: { kurtosis: value, kurtosisError: se },
  };
}

/** D without each session; the one whose loss changes it most, in units of the error of the change. */
function worstSession(findings: Findings): Control {
  const name = 'worstSession';
  const { codes, pairs, working } = findings;
  const directed = isDirected(findings);
  const { sessions, times } = codes;
  if (sessions < 5) return notPossible(name, 'no session was left out: fewer than five');
  const order = Array.from({ length: sessions }, (_, s) => s);
  const all = matrixFit(times, working, directed);
  const matrices = jackknifeMatrices(pairs, sessions);
  const changes = order.map((session) => {
    const rest = order.filter((s) => s !== session);
    const fit = matrixFit(
      rest.map((s) => times[s]),
      working,
      directed,
    );
    return jackknife(pairs.blocks, (without) => {
      const matrix = matrices(without);
      return fit(chosen(matrix, rest)).diffusion - all(matrix).diffusion;
    });
  });
  const z = changes.map((change) => Math.abs(change.value) / jackknifeError(change));
  const worst = z.indexOf(Math.max(...z));
  if (worst < 0) return notPossible(name, 'no session could be left out: too much is missing');
  return {
    name,
    statement: `Without session ${worst + 1}, the one that matters most, D changes by ${withError(measured(changes[worst]))}.`,
    passed: probabilityOfZero(changes[worst]) * sessions >= FAILS_BELOW,
    values: { session: worst + 1, change: finite(changes[worst].value) },
  };
}

function twoEstimators({ first, second, agrees }: Agreement): Control {
  const name = 'twoEstimators';
  if (agrees === null) return notPossible(name, 'the two estimators of D were not compared: fewer than four sessions');
  return {
    name,
    statement: `D is ${withError(first)} from products of increments and ${withError(second)} from displacement against gap.`,
    passed: agrees,
    values: { increments: first.value, displacements: second.value },
  };
}

function predictedDecay({ first, second, agrees }: Agreement): Control {
  const name = 'predictedDecay';
  if (agrees === null) return notPossible(name, 'the decay was not predicted: fewer than five sessions');
  return {
    name,
    statement: `Self-correlation at long gaps: ${withError(first)} predicted from short gaps, ${withError(second)} seen.`,
    passed: agrees,
    values: { predicted: first.value, seen: second.value },
  };
}

const notPossible = (name: string, why: string): Control => ({
  name,
  statement: `${why[0].toUpperCase()}${why.slice(1)}.`,
  passed: null,
  values: {},
});
