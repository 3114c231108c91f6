import type { Block } from '../arrays/block.js';
import type { ReadOptions } from '../options.js';
import type { Recording } from '../recording.js';
import { assertLabels, matchFrequencies, numberedLabels } from '../stimuli.js';
import { areNumbers, assertTimes, parseNumbers, SESSION_UNIT, UNNAMED_UNIT } from '../times.js';

/** A recording from the activity of an animal. Throws Error where times, labels, frequencies or values cannot be. */
export function finishRecording(name: string, block: Block, options: ReadOptions): Recording {
  const { sizes, values, hasTrials } = block;
  const times = givenTimes(options.times) ?? block.times;
  if (times) assertTimes(times, sizes.session);
  const stimulusLabels = givenLabels(options.labels) ?? block.labels ?? numberedLabels(sizes.stimulus);
  assertLabels(stimulusLabels, sizes.stimulus);
  assertValues(block);
  return {
    name,
    sessions: sizes.session,
    trials: sizes.trial,
    stimuli: sizes.stimulus,
    neurons: sizes.neuron,
    values,
    times: times ?? Array.from({ length: sizes.session }, (_, k) => k),
    timeUnit: options.timeUnit ?? (times ? UNNAMED_UNIT : SESSION_UNIT),
    stimulusLabels,
    noiseFree: !hasTrials,
    frequencies: options.frequencies ? matchFrequencies(options.frequencies, stimulusLabels) : null,
  };
}

const givenTimes = (times: ReadOptions['times']): readonly number[] | null => {
  if (typeof times !== 'string') return times ?? null;
  return areNumbers(times) ? parseNumbers(times, 'the times') : null;
};

const givenLabels = (labels: ReadOptions['labels']): readonly string[] | null => {
  if (typeof labels !== 'string') return labels ?? null;
  return labels.includes(',') ? labels.split(',').map((label) => label.trim()) : null;
};

/** Throws Error where a value is infinite, or a session has none. */
function assertValues({ sizes, values }: Block): void {
  const length = values.length / sizes.session;
  for (let session = 0; session < sizes.session; session++) {
    let there = 0;
    for (let k = session * length; k < (session + 1) * length; k++) {
      const value = values[k];
      if (Number.isFinite(value)) there++;
      else if (!Number.isNaN(value)) throw new Error(infinite(k, value, sizes));
    }
    if (there > 0) continue;
    const only = sizes.session === 1 ? 'it has' : `its session ${session + 1} has`;
    throw new Error(
      `${only} no values, all are NaN; expected at least one in each session: leave out empty sessions and their times`,
    );
  }
}

function infinite(k: number, value: number, { trial, stimulus, neuron }: Block['sizes']): string {
  const place = [
    `session ${Math.floor(k / (trial * stimulus * neuron)) + 1}`,
    `trial ${(Math.floor(k / (stimulus * neuron)) % trial) + 1}`,
    `stimulus ${(Math.floor(k / neuron) % stimulus) + 1}`,
    `neuron ${(k % neuron) + 1}`,
  ];
  return `it has the value ${value} at ${place.join(', ')}, expected finite numbers, or NaN where nothing was recorded`;
}
