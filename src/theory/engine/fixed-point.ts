import { TheoryDomainError } from '#core';
import { fromData, identity, norm, add, scale, solveOrNull } from '#linalg';
import { vectorOf, type RuleModel } from '#model';
import type { UpdateField } from './field.js';
import { withoutVanished } from './vanished.js';

const MAX_ITERATIONS = 500;
/** |f| below this share of |S| times the largest rate counts as zero. */
const TOLERANCE = 1e-13;
/** Longest step of the mean flow, in units of the fastest relaxation: Newton's method to all practical purposes. */
const LONGEST = 1e9;

/**
 * S* with f(S*) = 0 by implicit steps of the mean flow, (1/dt - Df) dS = f, whose length dt grows as f falls: the flow far from S*,
 * Newton's method near it. Along the orbit f vanishes and nothing moves. Arrays that the flow takes to zero are zero. Throws TheoryDomainError when the flow does not settle.
 */
export function fixedPoint<M extends RuleModel>(field: UpdateField<M>): Float64Array {
  const { symmetricArrays } = field.rule;
  const symmetrized = (state: Float64Array): Float64Array => symmetricArrays?.symmetrized(field.arrays, state) ?? state;
  let vector = symmetrized(vectorOf(field.rule.nearFixedPoint(field.model)));
  const d = vector.length;
  let update = field.mean(vector);
  let size = Math.hypot(...update);
  let step = 1;
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const jacobian = field.jacobian(vector);
    const fastest = norm(jacobian);
    if (size <= TOLERANCE * Math.hypot(...vector) * fastest)
      return withoutVanished(field.arrays, vector, { update, jacobian });
    const system = add(scale(identity(d), fastest / Math.min(step, LONGEST)), jacobian, -1);
    const change = solveOrNull(system, fromData(d, 1, update));
    const next = change && symmetrized(vector.map((value, i) => value + change.data[i]));
    const nextUpdate = next && field.mean(next);
    const nextSize = nextUpdate ? Math.hypot(...nextUpdate) : Infinity;
    // The flow itself may raise |f| where it leaves a saddle, so that growth is allowed, but not without bounds.
    if (!next || !(nextSize < 2 * size)) {
      step /= 8;
      if (!(step > 1e-12)) break;
      continue;
    }
    // Rounding stops it where nothing improves any more.
    if (nextSize >= size && size <= 1e3 * TOLERANCE * Math.hypot(...vector) * fastest)
      return withoutVanished(field.arrays, vector, { update, jacobian });
    step *= Math.min(10, Math.max(1.5, (2 * size) / nextSize));
    [vector, update, size] = [next, nextUpdate ?? update, nextSize];
  }
  throw new TheoryDomainError(
    `the mean flow of the learning rule ${field.rule.name} does not settle: its mean step is still ${size.toPrecision(3)} ` +
      `after ${MAX_ITERATIONS} implicit steps; a fixed point with E g = 0 is needed`,
    ['model'],
  );
}
