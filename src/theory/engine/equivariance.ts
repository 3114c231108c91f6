import { TheoryDomainError } from '#core';
import { mixingRotation, type Orbit, type RuleModel } from '#model';
import type { UpdateField } from './field.js';

/** Samples that are tried. */
const TRIED = 20;
/** Largest |g(R.S, z) - R.g(S, z)| relative to the largest |g| of the samples. */
const TOLERANCE = 1e-9;

/**
 * g(R.S, z) = R.g(S, z) for every sample z, at a state beside S* and a rotation that mixes all units. Throws TheoryDomainError naming the
 * first sample for which it does not hold.
 */
export function assertEquivariant<M extends RuleModel>(
  field: UpdateField<M>,
  orbit: Orbit,
  vector: Float64Array,
): void {
  if (orbit.groups.length === 0) return;
  // Any state and rotation will do that are special in nothing; these need no random numbers.
  const scale = Math.hypot(...vector) / Math.sqrt(vector.length) || 1;
  const beside = vector.map((value, i) => value + 0.1 * scale * Math.sin(1 + 2.3 * i));
  orbit.groups.forEach(({ name }, tried) => {
    const rotations = orbit.groups.map(({ units }, group) =>
      group === tried ? mixingRotation(units) : mixingRotation(units, 0),
    );
    const turned = orbit.rotate(rotations, beside);
    const stride = Math.max(1, Math.floor(field.samples.length / TRIED));
    const steps = field.samples
      .filter((_, z) => z % stride === 0)
      .map((sample) => {
        const after = field.at(turned, sample);
        const before = orbit.rotate(rotations, field.at(beside, sample));
        const size = Math.max(Math.hypot(...before), Math.hypot(...after));
        return { sample, size, departure: Math.hypot(...after.map((value, i) => value - before[i])) };
      });
    const largest = Math.max(...steps.map(({ size }) => size));
    for (const { sample, size, departure } of steps) {
      if (departure <= TOLERANCE * largest) continue;
      throw new TheoryDomainError(
        `the learning rule ${field.rule.name} is not equivariant under rotations of its ${name}: for the input ` +
          `[${Array.from(sample.input.data.slice(0, 6), (value) => value.toPrecision(3)).join(', ')}${sample.input.rows > 6 ? ', …' : ''}] ` +
          `g(R.S, z) differs from R.g(S, z) by ${((100 * departure) / size).toPrecision(3)}%; its symmetry is smaller than it declares`,
        ['model', 'rule'],
      );
    }
  });
}
