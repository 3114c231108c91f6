import { apply, fromData, fromRows, multiply, solveOrNull, symmetricEigen, transpose, zeros } from '#linalg';
import { jackknife, jackknifeError } from '../codes/jackknife.js';
import type { Findings } from '../findings.js';

const MIN_CONTRAST = 0.1;
const MIN_ERRORS = 5;
const MIN_SESSIONS = 5;

/**
 * Sessions that see one of two maps, and the other map comes and goes: self-correlations at one gap fall into two groups. The sessions are parted by
 * the first eigenvector of self-correlations less their parabola of the gap; null where groups do not differ by 0.1 and five errors, or where one
 * follows the other, which is a jump.
 */
export function findTwoMaps({ codes, pairs }: Findings): readonly number[] | null {
  const { sessions } = codes;
  if (sessions < MIN_SESSIONS) return null;
  const residuals = residualCorrelations(pairs, -1);
  if (!residuals.every(Number.isFinite)) return null;
  const matrix = zeros(sessions, sessions);
  pairs.pairs.forEach(({ sessions: [a, b] }, p) => {
    matrix.data[a * sessions + b] = matrix.data[b * sessions + a] = residuals[p];
  });
  const { values, vectors } = symmetricEigen(matrix);
  const first = values.indexOf(Math.max(...values));
  const side = Array.from({ length: sessions }, (_, s) => vectors.data[s * sessions + first] > 0);
  const switches = side.filter((own, s) => s > 0 && own !== side[s - 1]).length;
  if (switches < 2) return null;
  const contrast = jackknife(pairs.blocks, (without) => {
    const own = residualCorrelations(pairs, without);
    const mean = (same: boolean): number => {
      const members = pairs.pairs.flatMap(({ sessions: [a, b] }, p) =>
        (side[a] === side[b]) === same ? [own[p]] : [],
      );
      return members.reduce((sum, value) => sum + value, 0) / members.length;
    };
    return mean(true) - mean(false);
  });
  if (!(contrast.value > MIN_CONTRAST) || !(contrast.value > MIN_ERRORS * jackknifeError(contrast))) return null;
  const fewer = side.filter(Boolean).length * 2 <= sessions;
  return side.flatMap((own, s) => (own === fewer ? [s] : []));
}

/** Self-correlations of pairs less their least-squares parabola of the gap: any decay is smooth. */
function residualCorrelations(pairs: Findings['pairs'], without: number): number[] {
  const values = Float64Array.from(pairs.pairs, (_, p) => pairs.selfCorrelation(p, without));
  const longest = Math.max(...pairs.pairs.map(({ gap }) => gap));
  const powers = pairs.pairs.map(({ gap }) => [1, gap / longest, (gap / longest) ** 2]);
  const design = fromRows(powers);
  const fit = solveOrNull(multiply(transpose(design), design), fromData(3, 1, apply(transpose(design), values)));
  if (!fit) return Array.from(values, () => NaN);
  const fitted = apply(design, fit.data);
  return Array.from(values, (value, p) => value - fitted[p]);
}
