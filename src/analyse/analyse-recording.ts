import type { Recording } from '#recording';
import { blocksOf } from './codes/blocks.js';
import { codesOf, type Codes } from './codes/codes.js';
import { combine, measured, UNKNOWN } from './codes/jackknife.js';
import { normalised } from './codes/normalise.js';
import { agreements, predictedSelfCorrelation } from './controls/agreement.js';
import { controlsOf } from './controls/controls.js';
import { incrementStatistics } from './controls/increments.js';
import { withinSession } from './controls/within-session.js';
import { familiarMeasures } from './familiar/familiar.js';
import type { Findings } from './findings.js';
import { fitLaw } from './law/fit-law.js';
import { motionOf, motionStatistics } from './law/motion.js';
import { gapGroups, overPairs, pairSums } from './pairs/pair-sums.js';
import type { AnalysisOptions, GapPoint, RecordingReport, SessionPair, StimulusMotion } from './report.js';
import { similarityOfPairs, similarityShare } from './similarity/share.js';
import { MIN_STIMULI, similarities, similarityOver } from './similarity/similarity.js';
import { stimulusBlocks } from './similarity/stimulus-blocks.js';
import { turningOf } from './turning/turning.js';
import { warningsOf } from './warnings/warnings.js';

/** Blocks of neurons of the jackknife at most. */
const MAX_BLOCKS = 100;

/** Steps of which `onStep` is told for a recording. */
export const STEPS_OF_RECORDING = 5;

/** What a recording shows, with errors, controls and warnings. Steps of work, for a progress bar, are told by name. */
export function analyseRecording(
  recording: Recording,
  options: AnalysisOptions,
  onStep: (step: string) => void = () => undefined,
): RecordingReport {
  onStep('means over trials');
  const codes = normalised(codesOf(recording, options.zeroIsMissing), options.normalise);
  onStep('displacements');
  const findings = findingsOf(recording, codes, options, onStep);
  const { law, blocks, population, pairs, groups, similarity } = findings;
  onStep('controls');
  const within = withinSession(findings);
  const partial = {
    agreement: agreements(findings),
    increments: incrementStatistics(findings),
    similarityShare: similarity ? similarityShare(similarity.pairs) : UNKNOWN,
  };
  const turning = turningOf(recording, codes);
  const controls = controlsOf(findings, partial, within, smoothShare(findings));
  onStep('familiar measures');
  return {
    name: recording.name,
    sessions: recording.sessions,
    trials: recording.trials,
    neurons: recording.neurons,
    times: recording.times,
    timeUnit: recording.timeUnit,
    noiseFree: recording.noiseFree,
    missing: missingShare(codes),
    normalise: options.normalise,
    stimuli: recording.stimulusLabels.map((label, i): StimulusMotion => ({
      label,
      frequency: recording.frequencies?.[i] ?? null,
      ...motionOf(motionStatistics(law, blocks, i)),
    })),
    population: motionOf(population),
    gaps: groups.map((group) => gapPoint(findings, group)),
    pairs: sessionPairs(findings),
    familiar: familiarMeasures(codes, pairs, groups),
    controls,
    warnings: warningsOf(findings, controls),
    turning,
    withinSession: within ? measured(within.displacement) : UNKNOWN,
    ...partial,
  };
}

function findingsOf(
  recording: Recording,
  codes: Codes,
  options: AnalysisOptions,
  onStep: (step: string) => void,
): Findings {
  const blocks = blocksOf(codes.neurons, MAX_BLOCKS);
  const { sums: law, working } = fitLaw(codes);
  const pairs = pairSums(codes, blocks);
  onStep('similarities');
  return {
    recording,
    options,
    codes,
    blocks,
    law,
    working,
    population: motionStatistics(law, blocks),
    pairs,
    groups: gapGroups(pairs.pairs),
    similarity: codes.stimuli >= MIN_STIMULI ? similarities(codes, stimulusBlocks(codes.stimuli)) : null,
  };
}

const numberOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

function gapPoint(
  { pairs, population, similarity, law }: Findings,
  { gap, pairs: members }: Findings['groups'][number],
): GapPoint {
  const { strength, diffusion, fluctuation, quadratic } = population;
  const over = (value: (pair: number, without: number) => number): ReturnType<typeof overPairs> =>
    overPairs(pairs.blocks, members, value);
  const relative = (value: (pair: number, without: number) => number): GapPoint['displacement'] =>
    measured(combine([over(value), strength], (squared, h2) => squared / h2));
  const own = similarity ? members.map((p) => similarity.pairs[p]) : [];
  const smooth = similarity ? members.map((p) => similarity.smooth[p]) : [];
  const { independent, tooLarge } = similarityOver(own.map(({ all }) => all));
  const squared = law.directed ? quadratic.value * gap * gap : 0;
  return {
    gap,
    pairs: members.length,
    rawDisplacement: relative((pair, without) => pairs.raw(pair, without)),
    displacement: relative((pair, without) => pairs.displacement(pair, without)),
    fittedDisplacement: numberOrNull((2 * fluctuation.value + diffusion.value * gap + squared) / strength.value),
    selfCorrelation: measured(over((pair, without) => pairs.selfCorrelation(pair, without))),
    predictedSelfCorrelation: numberOrNull(
      predictedSelfCorrelation(strength.value, fluctuation.value, diffusion.value, gap),
    ),
    similarity: similarity ? similarityOfPairs(own) : UNKNOWN,
    independentSimilarity: numberOrNull(independent),
    smoothSimilarity: numberOrNull(meanOf(smooth) / tooLarge),
  };
}

function sessionPairs({ pairs, population, similarity }: Findings): SessionPair[] {
  return pairs.pairs.map(({ sessions, gap, neurons }, p) => {
    const own = similarity?.pairs[p].all;
    return {
      sessions,
      gap,
      neurons,
      rawDisplacement: numberOrNull(pairs.raw(p, -1) / population.strength.value),
      displacement: numberOrNull(pairs.displacement(p, -1) / population.strength.value),
      selfCorrelation: numberOrNull(pairs.selfCorrelation(p, -1)),
      similarity: own ? numberOrNull(own.product / own.norms) : null,
    };
  });
}

/** The share that keeps similarity, against drift that is smooth over neighbouring stimuli. */
function smoothShare({ similarity }: Findings): number | null {
  if (!similarity) return null;
  const { similarity: seen, tooLarge } = similarityOver(similarity.pairs.map(({ all }) => all));
  const smooth = meanOf(similarity.smooth) / tooLarge;
  return numberOrNull((seen - smooth) / (1 - smooth));
}

const missingShare = ({ mean }: Codes): number =>
  mean.reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0) / mean.length;

function meanOf(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite);
  return finite.reduce((sum, value) => sum + value, 0) / finite.length;
}
