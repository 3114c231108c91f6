import { fromData, fromRows, toRows } from '#linalg';
import { generator, NormalSource } from '#random';
import { describe, expect, it } from 'vitest';
import { prepareDataset, project } from './dataset.js';

/** Two independent directions of standard deviation 3 and 1 in three dimensions, around (5, -2, 7). */
const axes = [
  [0.6, 0, 0.8],
  [0, 1, 0],
];
const normal = new NormalSource(generator(1, 0, 'normal'), generator(1, 0, 'retry'));
const table = fromRows(
  Array.from({ length: 4000 }, () => {
    const [far, near] = [3 * normal.next(), normal.next()];
    return [5, -2, 7].map((mean, j) => mean + far * axes[0][j] + near * axes[1][j]);
  }),
);

const meanOf = (rows: readonly number[][]): number[] =>
  rows[0].map((_, j) => rows.reduce((sum, row) => sum + row[j] / rows.length, 0));

function covarianceOf(rows: readonly number[][]): number[][] {
  const mean = meanOf(rows);
  return mean.map((_, i) =>
    mean.map((_, j) => rows.reduce((sum, row) => sum + ((row[i] - mean[i]) * (row[j] - mean[j])) / rows.length, 0)),
  );
}

const prepared = (options: Parameters<typeof prepareDataset>[1]): number[][] =>
  toRows(prepareDataset(table, options, ['model', 'input', 0]).stimuli);

describe('centring', () => {
  it('removes the mean and nothing else', () => {
    const rows = prepared({ center: true });
    for (const mean of meanOf(rows)) expect(Math.abs(mean)).toBeLessThan(1e-12);
    const [before, after] = [covarianceOf(toRows(table)), covarianceOf(rows)];
    after.forEach((row, i) => {
      row.forEach((value, j) => {
        expect(value).toBeCloseTo(before[i][j], 10);
      });
    });
  });

  it('leaves the data as they are when not asked', () => {
    expect(prepared({ center: false })).toEqual(toRows(table));
  });
});

describe('principal components', () => {
  it('are uncorrelated, of descending variance, and hold all of it', () => {
    const covariance = covarianceOf(prepared({ center: true, components: 3 }));
    covariance.forEach((row, i) => {
      row.forEach((value, j) => {
        if (i !== j) expect(Math.abs(value)).toBeLessThan(1e-10);
      });
    });
    const variances = covariance.map((row, i) => row[i]);
    // A variance of 4000 normal numbers scatters by sqrt(2 / 4000) of itself; four times that is allowed.
    expect(Math.abs(variances[0] / 9 - 1)).toBeLessThan(4 * Math.sqrt(2 / 4000));
    expect(Math.abs(variances[1] - 1)).toBeLessThan(4 * Math.sqrt(2 / 4000));
    expect(Math.abs(variances[2])).toBeLessThan(1e-10);
    const total = covarianceOf(toRows(table)).reduce((sum, row, i) => sum + row[i], 0);
    expect(variances.reduce((sum, value) => sum + value, 0)).toBeCloseTo(total, 10);
  });

  it('are the leading ones: fewer components are the first of more', () => {
    const all = prepared({ center: true, components: 3 });
    expect(prepared({ center: true, components: 1 })).toEqual(all.map(([first]) => [first]));
  });

  it('of data that are not centred keep the mean, in the turned axes', () => {
    const [mean] = [meanOf(prepared({ center: false, components: 2 }))];
    // The first axis is (0.6, 0, 0.8) up to sampling error; its largest entry is positive by convention.
    expect(mean[0]).toBeCloseTo(0.6 * 5 + 0.8 * 7, 0);
    expect(mean[1]).toBeCloseTo(-2, 0);
  });

  it('point the same way whatever the sign of the data', () => {
    const mirrored = { ...table, data: table.data.map((value) => -value) };
    const rows = toRows(prepareDataset(mirrored, { center: true, components: 2 }, []).stimuli);
    prepared({ center: true, components: 2 }).forEach((row, k) => {
      expect(rows[k][0]).toBeCloseTo(-row[0], 9);
      expect(rows[k][1]).toBeCloseTo(-row[1], 9);
    });
  });

  it('cannot be more than there are columns', () => {
    expect(() => prepared({ center: true, components: 4 })).toThrow('the data have 3 columns, expected at most 3');
  });

  it('of data with many columns take no matrix of all pairs of columns: 60 rows of 20,000', () => {
    const [rows, cols] = [60, 20_000];
    const wide = fromData(
      rows,
      cols,
      Float64Array.from({ length: rows * cols }, () => normal.next()),
    );
    const { stimuli, projection } = prepareDataset(wide, { center: true, components: 3 }, []);
    expect([stimuli.rows, stimuli.cols, projection.axes?.rows, projection.axes?.cols]).toEqual([rows, 3, 3, cols]);
  });

  it('of data with more columns than rows are those of the covariance, by the smaller side', () => {
    const wide = fromRows(
      Array.from({ length: 6 }, () => Array.from({ length: 11 }, (_, j) => (j + 1) * normal.next() + 3)),
    );
    const { stimuli, projection } = prepareDataset(wide, { center: true, components: 5 }, []);
    const axes = toRows(projection.axes ?? fromRows([]));
    const covariance = covarianceOf(toRows(wide));
    const scores = covarianceOf(toRows(stimuli));
    axes.forEach((axis, a) => {
      const turned = covariance.map((row) => row.reduce((sum, value, j) => sum + value * axis[j], 0));
      turned.forEach((value, j) => {
        expect(value).toBeCloseTo(scores[a][a] * axis[j], 9);
      });
      expect(axis.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 12);
      expect(Math.max(...axis)).toBe(Math.max(...axis.map(Math.abs)));
      if (a > 0) expect(scores[a][a]).toBeLessThan(scores[a - 1][a - 1]);
    });
    expect(() => prepareDataset(wide, { center: true, components: 6 }, [])).toThrow(
      'the 6 rows of the data vary in 5 directions, expected at most 5',
    );
  });
});

describe('project', () => {
  it.each([{ center: true }, { center: false }, { center: true, components: 2 }, { center: false, components: 2 }])(
    'makes of the rows of the data set its stimuli: %j',
    (options) => {
      const { stimuli, projection } = prepareDataset(table, options, []);
      toRows(project(table, projection)).forEach((row, i) => {
        row.forEach((value, j) => {
          expect(value).toBeCloseTo(stimuli.data[i * stimuli.cols + j], 12);
        });
      });
    },
  );
});
