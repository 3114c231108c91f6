import type { Labels } from './column.js';

/**
 * The trial of each row, numbered from 0 within its session. Where stimuli of a session share a trial (a block in which each is
 * shown), trials are numbered across stimuli, so that values of one block stay together; otherwise (each showing has a number of
 * its own) within each stimulus.
 */
export function placesOfTrials(
  sessions: Int32Array,
  stimulus: Labels,
  trial: Labels,
): { readonly count: number; readonly places: Int32Array } {
  const shared = sessionsWithSharedTrials(sessions, stimulus.places, trial);
  const groupOf = (row: number): number =>
    sessions[row] * stimulus.labels.length + (shared.has(sessions[row]) ? 0 : stimulus.places[row]);
  const found = new Map<number, Set<number>>();
  sessions.forEach((_, row) => {
    const group = groupOf(row);
    let trials = found.get(group);
    if (!trials) found.set(group, (trials = new Set()));
    trials.add(trial.places[row]);
  });
  let count = 0;
  const numbers = new Map<number, ReadonlyMap<number, number>>();
  for (const [group, trials] of found) {
    const ordered = Array.from(trials).sort((a, b) => a - b);
    numbers.set(group, new Map(ordered.map((place, number) => [place, number])));
    count = Math.max(count, ordered.length);
  }
  return { count, places: sessions.map((_, row) => numbers.get(groupOf(row))?.get(trial.places[row]) ?? 0) };
}

/** Sessions in which at least one trial has rows of two stimuli. */
function sessionsWithSharedTrials(sessions: Int32Array, stimuli: Int32Array, trial: Labels): ReadonlySet<number> {
  const stimulusOf = new Map<number, number>();
  const shared = new Set<number>();
  sessions.forEach((session, row) => {
    const key = session * trial.labels.length + trial.places[row];
    const first = stimulusOf.get(key);
    if (first === undefined) stimulusOf.set(key, stimuli[row]);
    else if (first !== stimuli[row]) shared.add(session);
  });
  return shared;
}
