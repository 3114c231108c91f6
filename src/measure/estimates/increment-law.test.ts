import { describe, expect, it } from 'vitest';
import { solve, fromData } from '#linalg';
import { replicaStreams } from '#random';
import { addLawForms, incrementLaw } from './increment-law.js';
import { longRunVariances } from './long-run.js';

/** A walk with bounded error at equal times. */
function positions(count: number, seed: number): Float64Array {
  const { normal } = replicaStreams(seed, 0);
  let place = 0;
  return Float64Array.from({ length: count }, () => {
    place += 0.3 * normal.next();
    return place + 0.5 * normal.next();
  });
}

const incrementsOf = (x: Float64Array): Float64Array => x.subarray(1).map((value, k) => value - x[k]);

function fitted(
  x: Float64Array,
  law: ReturnType<typeof incrementLaw>,
  errors = new Float64Array(x.length),
): Float64Array {
  const q = new Float64Array(law.forms.length);
  addLawForms(law, incrementsOf(x), errors, q, 0);
  return solve(law.information, fromData(q.length, 1, q)).data;
}

describe('incrementLaw', () => {
  it('is Bartlett’s estimator of long runs at equal gaps, unweighted and without drift', () => {
    const x = positions(200, 1);
    const lag = 3;
    const [diffusion] = fitted(
      x,
      incrementLaw(
        Array.from(x, (_, k) => lag * k),
        null,
        false,
      ),
    );
    const q = incrementsOf(x);
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const zero = new Float64Array(1);
    const [bartlett] = longRunVariances(
      {
        mean: zero,
        weights: [Infinity],
        replicas: [
          {
            ...{ all: zero, head: zero, tail: zero },
            square: mean(Array.from(q, (own) => own * own)),
            neighbour: mean(Array.from(q.subarray(1), (own, k) => own * q[k])),
          },
        ],
      },
      lag,
    );
    expect(diffusion).toBeCloseTo(bartlett, 12);
  });

  it('finds the exact D, F and |v|² of products that follow the law, at any gaps, weighted or not', () => {
    const times = [0, 1, 1.5, 4, 7];
    for (const working of [null, { diffusion: 0.2, fluctuation: 0.7 }]) {
      const { forms, information } = incrementLaw(times, working, true);
      const [diffusion, fluctuation, square] = [0.3, 0.9, 0.04];
      const expected = forms.map(({ data, rows }) => {
        let sum = 0;
        for (let j = 0; j < rows; j++) {
          for (let k = 0; k < rows; k++) {
            const [gapJ, gapK] = [times[j + 1] - times[j], times[k + 1] - times[k]];
            const bounded = j === k ? 2 : Math.abs(j - k) === 1 ? -1 : 0;
            const product = (j === k ? diffusion * gapJ : 0) + fluctuation * bounded + square * gapJ * gapK;
            sum += data[j * rows + k] * product;
          }
        }
        return sum;
      });
      const { data } = solve(information, fromData(3, 1, Float64Array.from(expected)));
      [diffusion, fluctuation, square].forEach((truth, k) => {
        expect(data[k]).toBeCloseTo(truth, 12);
      });
    }
  });

  it('takes errors of positions out of F', () => {
    const x = positions(50, 2);
    const law = incrementLaw(
      Array.from(x, (_, k) => k),
      { diffusion: 0.1, fluctuation: 0.3 },
      false,
    );
    const plain = fitted(x, law);
    const corrected = fitted(x, law, new Float64Array(50).fill(0.1));
    expect(corrected[0]).toBeCloseTo(plain[0], 12);
    expect(corrected[1]).toBeCloseTo(plain[1] - 0.1, 12);
  });

  it('refuses a single time', () => {
    expect(() => incrementLaw([1], null, false)).toThrow(/two times/);
  });
});
