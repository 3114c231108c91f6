import { plainAlgebra, taylorAlgebra, type Matrix } from '#linalg';
import type { Sample, StateArray } from '../../definition/rule-definition.js';
import { vectorOf } from '../../definition/state-vector.js';
import { partOf, taylorState } from '../../definition/taylor-state.js';
import type { State } from '../../rule.js';
import { assertState } from './shapes.js';
import { relativeDifference, vectorAndBack, type Subject } from './subject.js';

const isFinite = (arrays: readonly Matrix[]): boolean =>
  arrays.every(({ data }) => data.every((value) => Number.isFinite(value)));

const inputText = ({ input: { data } }: Sample<Matrix>): string =>
  `the input [${Array.from(data.slice(0, 6), (value) => value.toPrecision(3)).join(', ')}${data.length > 6 ? ', …' : ''}]`;

/** Numbers at a state: finite, the same each time, nothing changed in place, symmetric arrays kept symmetric. */
export function assertValues(
  subject: Subject,
  arrays: readonly StateArray[],
  state: State,
  samples: readonly Sample<Matrix>[],
): void {
  const { rule, model, fail } = subject;
  for (const sample of samples) {
    const before = vectorOf(state);
    const update = rule.update(plainAlgebra, model, state, sample);
    assertState(subject, 'update returns', arrays, update);
    if (!isFinite(update)) {
      const at = arrays.find((_, k) => !isFinite([update[k]]))?.name ?? '';
      fail(`update returns numbers for ${at} that are not finite, at small random weights and ${inputText(sample)}`);
    }
    if (vectorOf(state).some((value, i) => value !== before[i])) {
      fail('update changes the state that it is given, expected new arrays');
    }
    if (relativeDifference(update, rule.update(plainAlgebra, model, state, sample)) > 0) {
      fail('update returns two results for one state and sample, expected no random numbers and no memory in it');
    }
    arrays.forEach(({ name, symmetric = false }, k) => {
      if (!symmetric) return;
      const asymmetry = relativeDifference([update[k]], [plainAlgebra.transpose(update[k])]);
      if (asymmetry <= 1e-9) return;
      fail(
        `update makes ${name} asymmetric, by ${(100 * asymmetry).toPrecision(3)}% for ${inputText(sample)}; arrays declares it symmetric`,
      );
    });
    const { task, penalty } = rule.loss(plainAlgebra, model, state, sample);
    if (!isFinite(penalty ? [task, penalty] : [task])) {
      fail(`loss returns a number that is not finite, at small random weights and ${inputText(sample)}`);
    }
    const layers = rule.representations(plainAlgebra, model, state, sample.input);
    if (!isFinite(layers)) fail(`representations returns numbers that are not finite, for ${inputText(sample)}`);
  }
}

/** Step of the central difference that derivatives are compared with, relative to the weights. */
const STEP = 1e-5;

/** Derivatives by the algebra are those of the numbers: nothing went past it, and functions given to `map` have theirs right. */
export function assertDerivatives(
  { rule, model, fail }: Subject,
  arrays: readonly StateArray[],
  state: State,
  sample: Sample<Matrix>,
): void {
  const vector = vectorOf(state);
  const direction = vector.map((_, i) => Math.cos(1 + 1.9 * i));
  arrays.forEach(({ symmetric = false, rows }, k) => {
    if (!symmetric) return;
    const start = arrays.slice(0, k).reduce((sum, array) => sum + array.rows * array.cols, 0);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < i; j++) direction[start + i * rows + j] = direction[start + j * rows + i];
    }
  });
  const at = (shift: number): Float64Array =>
    vectorOf(
      rule.update(
        plainAlgebra,
        model,
        vectorAndBack(arrays, state, (values) => values.map((value, i) => value + shift * direction[i])),
        sample,
      ),
    );
  const [ahead, behind] = [at(STEP), at(-STEP)];
  const numeric = ahead.map((value, i) => (value - behind[i]) / (2 * STEP));
  const column = { input: taylorAlgebra.constant(sample.input), noise: taylorAlgebra.constant(sample.noise) };
  const exact = partOf(rule.update(taylorAlgebra, model, taylorState(arrays, vector, direction), column), 'first');
  const size = Math.max(Math.hypot(...numeric), Math.hypot(...exact), 1e-3 * Math.hypot(...vector));
  const departure = Math.hypot(...numeric.map((value, i) => value - exact[i])) / size;
  if (departure <= 1e-4) return;
  fail(
    `update has derivatives that differ by ${(100 * departure).toPrecision(3)}% from its finite differences: a state entered as a ` +
      'constant, a condition on its numbers, or a wrong derivative of a function given to map',
  );
}

/** The largest degree that is checked: higher ones drown in rounding. */
const MAX_DEGREE = 6;

/** g(S, t z) is a polynomial of the declared degree in t: its next finite difference vanishes. */
export function assertDegree({ rule, model, fail }: Subject, state: State, samples: readonly Sample<Matrix>[]): void {
  const degree = rule.degree === undefined ? 2 : rule.degree;
  if (degree === null || degree > MAX_DEGREE) return;
  const scaled = ({ data, ...shape }: Matrix, t: number): Matrix => ({
    ...shape,
    data: data.map((value) => t * value),
  });
  for (const sample of samples) {
    const values = Array.from({ length: degree + 2 }, (_, k) => {
      // Not around 0, where differences of the other parity would vanish.
      const t = (k + 0.3) / (degree + 1);
      const { input, noise } = sample;
      return vectorOf(rule.update(plainAlgebra, model, state, { input: scaled(input, t), noise: scaled(noise, t) }));
    });
    const size = Math.max(...values.map((value) => Math.hypot(...value)));
    let differences = values;
    for (let order = 0; order <= degree; order++) {
      differences = differences.slice(1).map((next, k) => next.map((value, i) => value - differences[k][i]));
    }
    const rest = Math.hypot(...differences[0]);
    if (rest <= 1e-8 * size) continue;
    fail(
      `update is no polynomial of degree ${degree} in its sample, which degree declares${rule.degree === undefined ? ' unless given' : ''}: ` +
        `its difference of order ${degree + 1} is ${((100 * rest) / size).toPrecision(3)}% of it for ${inputText(sample)}; ` +
        'give the degree, or null where it is no polynomial',
    );
  }
}
