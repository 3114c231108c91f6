import { identity, sliceRows, zeros, type Matrix } from '#linalg';
import { readoutOf, ruleOf, type RuleModel, type Stepper } from '#model';
import { medianOf, repetitions, seconds } from './timing.js';

const PROBES = 3;

/** Microseconds that one sample takes: representations of three probes, losses, and the frame where the rule has a symmetry. */
export function sampleTime(model: RuleModel, reference: readonly Matrix[], stepper: Stepper, rounds: number): number {
  const rule = ruleOf(model);
  const units = rule.units(model, reference);
  const hasFrame = rule.symmetry(model).length > 0;
  const probes = sliceRows(identity(model.input.size), 0, PROBES);
  const readout = readoutOf(model, units, probes, hasFrame ? { referencePoint: reference } : null);
  const state = reference.map(({ rows, cols }) => zeros(rows, cols));
  stepper.read(0, state);
  const hidden = new Float64Array(PROBES * units);
  const frame = new Float64Array(units * units);
  const samples = (count: number): void => {
    for (let i = 0; i < count; i++) {
      readout.represent(hidden, state);
      readout.losses(state);
      readout.frame?.project(frame, state);
    }
  };
  const count = repetitions(samples);
  const times = Array.from({ length: rounds }, () => {
    const taken = seconds(() => {
      samples(count);
    });
    return (1e6 * taken) / count;
  });
  return medianOf(times);
}
