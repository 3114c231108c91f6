import type { ExtrapolationRecord, PointRecord } from '#experiment';

export const rateOf = ({ parameters }: Pick<PointRecord, 'parameters'>): number => parameters.learningRate as number;

/** The points of a group that differ only in the learning rate, the largest rate first. */
export function pointsOf<P extends { readonly report: Pick<PointRecord, 'parameters'> }>(
  { parameters }: ExtrapolationRecord,
  points: readonly P[],
): P[] {
  const same = ({ report }: P): boolean =>
    Object.entries(parameters).every(
      ([key, value]) => JSON.stringify(report.parameters[key]) === JSON.stringify(value),
    );
  return points.filter(same).sort((a, b) => rateOf(b.report) - rateOf(a.report));
}
