import { diagonal, identity, multiply, plainAlgebra, type Matrix } from '#linalg';
import type { Sample, StateArray, UnitRotations } from '../../definition/rule-definition.js';
import { mixingRotation } from '../../definition/mixing-rotation.js';
import { vectorOf } from '../../definition/state-vector.js';
import type { State } from '../../rule.js';
import { relativeDifference, vectorAndBack, type Subject } from './subject.js';

const TOLERANCE = 1e-9;

/** The actions are actions of rotations, linear in the state; representations turn with it, and the loss does not. */
export function assertRotations(
  subject: Subject,
  arrays: readonly StateArray[],
  groups: readonly UnitRotations[],
  state: State,
  sample: Sample<Matrix>,
): void {
  const { rule, model, fail } = subject;
  groups.forEach((group, layer) => {
    const { name, units } = group;
    const act = (rotation: Matrix, of: State): Matrix[] => [...group.act(plainAlgebra, rotation, of)];
    const expectSame = (found: readonly Matrix[], expected: readonly Matrix[], what: string): void => {
      const difference = relativeDifference(found, expected);
      if (difference <= TOLERANCE) return;
      fail(`act of ${name} is no action of rotations: ${what}, they differ by ${(100 * difference).toPrecision(3)}%`);
    };
    expectSame(act(identity(units), state), state, 'the identity must leave the state as it is');
    // The second one with a reflection, for rotations of two units commute.
    const [first, second] = [mixingRotation(units, 0.7, 0), multiply(mixingRotation(units, 0.5, 1), reflection(units))];
    const turned = act(first, state);
    const text = `turning by R, then by Q, must be turning by Q R`;
    expectSame(act(second, turned), act(multiply(second, first), state), text);
    const doubled = (of: State): Matrix[] => vectorAndBack(arrays, of, (vector) => vector.map((value) => 2 * value));
    expectSame(act(first, doubled(state)), doubled(turned), 'it must be linear in the state');
    const [before, after] = [state, turned].map(
      (of) => rule.representations(plainAlgebra, model, of, sample.input)[layer],
    );
    const difference = relativeDifference([after], [multiply(first, before)]);
    if (difference > TOLERANCE) {
      fail(
        `representations: layer ${layer + 1} is not turned by rotations of ${name}: h(R.S, x) differs from R h(S, x) by ` +
          `${(100 * difference).toPrecision(3)}%`,
      );
    }
    const losses = [state, turned].map((of) => {
      const { task, penalty } = rule.loss(plainAlgebra, model, of, sample);
      return task.data[0] + (penalty?.data[0] ?? 0);
    });
    const change = Math.abs(losses[1] - losses[0]);
    if (change > TOLERANCE * Math.max(...losses.map(Math.abs))) {
      fail(
        `loss changes by ${change.toPrecision(3)} under rotations of ${name}, expected the same loss in the whole orbit`,
      );
    }
    if (units > 1 && Math.max(...vectorOf(turned).map((value, i) => Math.abs(value - vectorOf(state)[i]))) === 0) {
      fail(`act of ${name} turns no array of the state`);
    }
  });
}

/** The reflection of the first unit. */
const reflection = (units: number): Matrix =>
  diagonal(Float64Array.from({ length: units }, (_, a) => (a === 0 ? -1 : 1)));
