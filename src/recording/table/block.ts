import { roomFor, type Block, type Sizes } from '../arrays/block.js';
import type { Labels } from './column.js';
import type { LongTable } from './rows.js';
import { placesOfTrials } from './trials.js';

/**
 * The recording in a long table; what has no row is NaN. Sessions are in the order of their times, without times of their
 * numbers. Throws Error where a value has two rows, or the order of sessions is not known.
 */
export function blockOfTable(file: string, table: LongTable): Block {
  const { stimulus, neuron } = table.labels;
  if (!stimulus || !neuron) throw new Error('it lacks a stimulus or a neuron');
  const sessions = sessionsOf(table);
  const trials = table.labels.trial ? placesOfTrials(sessions.places, stimulus, table.labels.trial) : null;
  const sizes: Sizes = {
    session: sessions.count,
    trial: trials?.count ?? 1,
    stimulus: stimulus.labels.length,
    neuron: neuron.labels.length,
  };
  const values = roomFor(sizes, false);
  const rowOf = new Int32Array(values.length);
  for (let row = 0; row < table.rows; row++) {
    const within = stimulus.places[row] * sizes.neuron + neuron.places[row];
    const place =
      (sessions.places[row] * sizes.trial + (trials?.places[row] ?? 0)) * sizes.stimulus * sizes.neuron + within;
    if (rowOf[place] > 0) throw new Error(twice(rowOf[place], row + 1, trials !== null));
    rowOf[place] = row + 1;
    values[place] = table.values[row];
  }
  return {
    file,
    sizes,
    values,
    hasSessions: sessions.isNamed,
    hasTrials: trials !== null,
    times: sessions.times,
    labels: stimulus.labels,
  };
}

const twice = (first: number, second: number, hasTrials: boolean): string =>
  `rows ${first} and ${second} are of the same session, ${hasTrials ? 'trial, ' : ''}stimulus and neuron, expected one row for each` +
  (hasTrials ? '' : '; repeats need a column trial');

interface Sessions {
  readonly count: number;
  readonly places: Int32Array;
  readonly times: readonly number[] | null;
  /** Whether a column tells them apart. */
  readonly isNamed: boolean;
}

function sessionsOf({ labels: { session }, times, rows }: LongTable): Sessions {
  if (!times) {
    if (!session) return { count: 1, places: new Int32Array(rows), times: null, isNamed: false };
    const { labels, areNumbers, places } = session;
    if (!areNumbers && labels.length > 1) {
      throw new Error(
        `its sessions are called ${labels.slice(0, 3).join(', ')}${labels.length > 3 ? ', …' : ''}, which gives no order; ` +
          'expected numbers, or a column time',
      );
    }
    return { count: labels.length, places, times: null, isNamed: true };
  }
  const timeOf = session ? timesOfSessions(session, times) : Array.from(new Set(times));
  const ordered = [...timeOf].sort((a, b) => a - b);
  const rank = new Map(ordered.map((time, place) => [time, place]));
  return {
    count: ordered.length,
    places: Int32Array.from(times, (time) => rank.get(time) ?? 0),
    times: ordered,
    isNamed: true,
  };
}

/** One time for each session, different for all. */
function timesOfSessions({ labels, places }: Labels, times: Float64Array): number[] {
  const found = new Array<number | undefined>(labels.length);
  places.forEach((place, row) => {
    const time = (found[place] ??= times[row]);
    if (time === times[row]) return;
    throw new Error(
      `row ${row + 1}: session ${labels[place]} has the time ${times[row]}, before it had ${time}, expected one`,
    );
  });
  const sessionAt = new Map<number, string>();
  return found.map((time = NaN, place) => {
    const other = sessionAt.get(time);
    if (other !== undefined) throw new Error(`its sessions ${other} and ${labels[place]} have the same time ${time}`);
    sessionAt.set(time, labels[place]);
    return time;
  });
}
