import { sameSign } from '#compare';
import { studentPoint } from '#measure';
import { exp, log } from '#random';
import type { FrequencyTrend, StimulusMotion } from './report.js';
import { UNKNOWN } from './codes/jackknife.js';

/** A line through two points fits always. */
const MIN_STIMULI = 3;

/**
 * ln D/‖h‖² of stimuli against ln of their presentations, ln y = a + s ln f: least squares with weights (y/se)², so that of a
 * stimulus of y ± se. Errors are enlarged by the root of chi² over its degrees of freedom where stimuli scatter more than their errors
 * say; the interval is Student's t. The verdict is that of signs: four errors. Null where no presentations were given.
 */
export function frequencyTrend(stimuli: readonly StimulusMotion[]): FrequencyTrend | null {
  if (stimuli.every(({ frequency }) => frequency === null)) return null;
  const points = stimuli.flatMap(({ frequency, relativeDiffusion: { value, se } }) =>
    frequency !== null && frequency > 0 && value !== null && value > 0 && se !== null && se > 0
      ? [{ x: log(frequency), y: log(value), weight: (value / se) ** 2 }]
      : [],
  );
  const counts = { stimuli: points.length, leftOut: stimuli.length - points.length };
  const unknown = (reason: string): FrequencyTrend => ({
    ...counts,
    exponent: UNKNOWN,
    scale: null,
    chiSquare: null,
    verdict: null,
    statement: `D/|h|^2 against presentations was not fitted: ${reason}.`,
  });
  if (points.length < MIN_STIMULI) {
    return unknown(
      `${points.length} of ${stimuli.length} stimuli have presentations and a D above 0, three or more are needed`,
    );
  }
  const sum = (of: (point: (typeof points)[number]) => number): number =>
    points.reduce((total, point) => total + point.weight * of(point), 0);
  const total = sum(() => 1);
  const [meanX, meanY] = [sum(({ x }) => x) / total, sum(({ y }) => y) / total];
  const spread = sum(({ x }) => (x - meanX) ** 2);
  if (!(spread > 1e-12 * total)) return unknown('all of them have the same number of presentations');
  const slope = sum(({ x, y }) => (x - meanX) * (y - meanY)) / spread;
  const chiSquare = sum(({ x, y }) => (y - meanY - slope * (x - meanX)) ** 2);
  const freedom = points.length - 2;
  const se = Math.sqrt(Math.max(1, chiSquare / freedom) / spread);
  const t = studentPoint(freedom);
  const seen = sameSign('exponent', { value: slope, se }, slope).passed;
  const verdict = !seen ? 'none' : slope < 0 ? 'slower' : 'faster';
  return {
    ...counts,
    exponent: { value: slope, se, interval95: [slope - t * se, slope + t * se] },
    scale: exp(meanY - slope * meanX),
    chiSquare,
    verdict,
    statement: statementOf(verdict, counts),
  };
}

function statementOf(
  verdict: 'none' | 'slower' | 'faster',
  { stimuli, leftOut }: Pick<FrequencyTrend, 'stimuli' | 'leftOut'>,
): string {
  const what = {
    none: `No trend of D/|h|^2 with the number of presentations is seen among ${stimuli} stimuli (less than four errors).`,
    slower: `Among ${stimuli} stimuli, those presented more often drift more slowly.`,
    faster: `Among ${stimuli} stimuli, those presented more often drift faster.`,
  }[verdict];
  const without =
    leftOut === 0
      ? ''
      : ` ${leftOut} without presentations or with a D that is not above 0 ${leftOut === 1 ? 'is' : 'are'} left out.`;
  return `${what}${without} This is correlational: stimuli that differ in their presentations may differ in other things.`;
}
