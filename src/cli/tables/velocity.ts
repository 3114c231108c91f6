import { formatNumber } from '#core';
import type { PointRecord } from '#experiment';

/** Above this probability of chance nothing is seen. */
const SEEN = 0.05;

/** For fewer replicas than this many times the planes, chi^2 is well above the number of planes by chance. */
const FEW = 4;

const fewReplicas = (planes: number, replicas: number): string =>
  `; chi^2 is larger than the number of planes by chance where the covariance of ${planes} comes from ${replicas} replicas: p is that ` +
  `of Hotelling's test, an F distribution with ${planes} and ${replicas - planes} degrees of freedom`;

/** Whether directed drift is seen, and how it agrees with the theory as a vector; nothing where it cannot be tested. */
export function velocityLines({ directedVelocityTest: test, probes, replicas }: PointRecord<null>): string[] {
  if (!test?.none) return [];
  const { planes, theory, nextOrder, none } = test;
  const where = `${planes} plane${planes === 1 ? '' : 's'}`;
  const result = (name: string, against: typeof none | undefined | null): string[] =>
    against ? [`${against.chiSquare.toFixed(1)} from ${name} (p ${probability(against.probability)})`] : [];
  const tests = [...result('theory', theory), ...result('next order', nextOrder), ...result('none', none)].join(', ');
  const lines = [
    `directed drift in ${where}: chi^2 ${tests}${replicas < FEW * planes ? fewReplicas(planes, replicas) : ''}`,
  ];
  if (none.probability < SEEN) return lines;
  const bounds = probes.map(({ simulation: { directedSpeed } }) => directedSpeed.interval95[1]);
  return [
    ...lines,
    `no directed drift seen: |v| of every probe below ${formatNumber(Math.max(...bounds), 2)} per step`,
  ];
}

const probability = (value: number): string => (value < 1e-6 ? '< 1e-6' : `= ${formatNumber(value, 2)}`);
