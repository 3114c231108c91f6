import { formatNumber } from '#core';
import type { PointRecord } from '#experiment';

/** Above this probability of chance nothing is seen. */
const SEEN = 0.05;

/** Whether directed drift is seen, and how it agrees with the theory as a vector; nothing where it cannot be tested. */
export function velocityLines({ directedVelocityTest: test, probes }: PointRecord): string[] {
  if (!test?.none) return [];
  const { planes, theory, nextOrder, none } = test;
  const where = `${planes} plane${planes === 1 ? '' : 's'}`;
  const result = (name: string, against: typeof none | undefined | null): string[] =>
    against ? [`${against.chiSquare.toFixed(1)} from ${name} (p ${probability(against.probability)})`] : [];
  const tests = [...result('theory', theory), ...result('next order', nextOrder), ...result('none', none)].join(', ');
  const lines = [`directed drift in ${where}: chi^2 ${tests}`];
  if (none.probability < SEEN) return lines;
  const bounds = probes.map(({ simulation: { directedSpeed } }) => directedSpeed.value + 2 * directedSpeed.se);
  return [
    ...lines,
    `no directed drift seen: |v| of every probe below ${formatNumber(Math.max(...bounds), 2)} per step`,
  ];
}

const probability = (value: number): string => (value < 1e-6 ? '< 1e-6' : `= ${formatNumber(value, 2)}`);
