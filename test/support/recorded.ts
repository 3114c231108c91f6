import { zipSync } from 'fflate';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { npyBytes } from './npy.js';

/** Sizes of the recording that the tests of readers share: all different. */
export const recorded = { sessions: 3, trials: 4, stimuli: 2, neurons: 5 };

/** Its value at an index of its array, session, trial, stimulus, neuron; NaN for a neuron that one session lacks. */
const recordedValue = (session: number, trial: number, stimulus: number, neuron: number): number =>
  session === 1 && neuron === 3 ? NaN : 1000 * session + 100 * trial + 10 * stimulus + neuron + 0.25;

/** Rows of its long table, those of missing values left out. */
export const recordedRows = (): Record<'session' | 'trial' | 'stimulus' | 'neuron' | 'value', number>[] => {
  const { sessions, trials, stimuli, neurons } = recorded;
  return Array.from({ length: sessions * trials * stimuli * neurons }, (_, k) => {
    const [neuron, stimulus] = [k % neurons, Math.floor(k / neurons) % stimuli];
    const [trial, session] = [
      Math.floor(k / (neurons * stimuli)) % trials,
      Math.floor(k / (neurons * stimuli * trials)),
    ];
    return { session, trial, stimulus, neuron, value: recordedValue(session, trial, stimulus, neuron) };
  }).filter(({ value }) => !Number.isNaN(value));
};

/** Its values, row-major. */
export const recordedValues = (): Float64Array => {
  const { sessions, trials, stimuli, neurons } = recorded;
  const values = new Float64Array(sessions * trials * stimuli * neurons).fill(NaN);
  for (const { session, trial, stimulus, neuron, value } of recordedRows()) {
    values[((session * trials + trial) * stimuli + stimulus) * neurons + neuron] = value;
  }
  return values;
};

export const recordedNpy = (): Uint8Array<ArrayBuffer> => npyBytes('<f8', [3, 4, 2, 5], recordedValues());

export const npz = (arrays: Readonly<Record<string, Uint8Array>>, level: 0 | 6 = 6): Uint8Array<ArrayBuffer> =>
  zipSync(Object.fromEntries(Object.entries(arrays).map(([name, bytes]) => [`${name}.npy`, bytes])), { level });

/** Rows as CSV. */
export const csvBytes = (rows: readonly object[]): Uint8Array<ArrayBuffer> => {
  const lines = rows.map((row) => Object.values(row).join(','));
  return textBytes([Object.keys(rows[0]).join(','), ...lines, ''].join('\n'));
};

export const textBytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** Rows as Parquet: numbers as doubles, all others as text. */
export const parquetBytes = (rows: readonly Readonly<Record<string, number | string>>[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: Object.entries(rows[0]).map(([name, first]) => ({
        name,
        data: rows.map((row) => row[name]),
        type: typeof first === 'number' ? ('DOUBLE' as const) : ('STRING' as const),
      })),
    }),
  );
