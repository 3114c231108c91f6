import { expect, it } from 'vitest';
import type { PointRecord } from '#experiment';
import { velocityLines } from './velocity.js';

const point = (planes: number, replicas: number): PointRecord =>
  ({
    replicas,
    probes: [],
    directedVelocityTest: {
      planes,
      theory: { chiSquare: 1068.1, probability: 0.065 },
      none: { chiSquare: 1e5, probability: 1e-5 },
    },
  }) as unknown as PointRecord;

it('says how few replicas make chi^2 large, with the test that p is of', () => {
  const tests = 'chi^2 1068.1 from theory (p = 0.065), 100000.0 from none (p = 1e-5)';
  expect(velocityLines(point(28, 32))).toEqual([
    `directed drift in 28 planes: ${tests}; chi^2 is larger than the number of planes by chance where the covariance of 28 comes ` +
      "from 32 replicas: p is that of Hotelling's test, an F distribution with 28 and 4 degrees of freedom",
  ]);
  expect(velocityLines(point(8, 32))).toEqual([`directed drift in 8 planes: ${tests}`]);
});
