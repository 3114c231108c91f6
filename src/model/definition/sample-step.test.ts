import { describe, expect, it } from 'vitest';
import {
  add,
  fromData,
  maxAbs,
  plainAlgebra,
  programInput,
  recordProgram,
  scale,
  type Matrix,
  type Operation,
  type Shape,
} from '#linalg';
import { modelOf, rules, startsOf, uniformMatrix } from '../../../test/support/compiled-rules.js';
import { definitionOf, sampleStep, type RuleModel, type State } from '../index.js';

const rate = 0.03;

interface Step {
  readonly operations: readonly Operation[];
  readonly state: State;
  readonly updated: readonly Matrix[];
  /** S + rate g(S, z), as it stands. */
  readonly plain: readonly Matrix[];
}

function stepOf(name: string): Step {
  const model: RuleModel = { ...modelOf(name, 'a full Gaussian', 4, 3), learningRate: rate };
  const rule = definitionOf(model);
  if (!rule) throw new Error(`${name} has no definition`);
  const [start] = startsOf(model, [0]);
  // Asymmetric where a rule allows it, and velocities that are not zero.
  const arrays = rule.arrays(model);
  const state = start.map((array, k) =>
    arrays[k].symmetric ? array : add(array, scale(uniformMatrix(20 + k, array.rows, array.cols), 0.1)),
  );
  const columns: Shape[] = [
    { rows: 4, cols: 1 },
    { rows: rule.labelNoise?.(model).size ?? 0, cols: 1 },
    ...(rule.normals?.(model) ?? []),
  ];
  const drawn = columns.map(({ rows, cols }, k) => uniformMatrix(30 + k, rows, cols));
  const inputs = state.map(({ rows, cols }) => programInput(rows, cols));
  const samples = columns.map(({ rows, cols }) => programInput(rows, cols));
  const { outputs, operations, run } = recordProgram((algebra) => {
    const [input, noise, ...normals] = samples;
    const updates = rule.update(algebra, model, inputs, { input, noise, normals });
    return sampleStep(algebra, arrays, inputs, updates, rate);
  });
  [...inputs, ...samples].forEach((array, k) => {
    array.data = [...state, ...drawn][k].data;
  });
  run();
  const [input, noise, ...normals] = drawn;
  const updates = rule.update(plainAlgebra, model, state, { input, noise, normals });
  return {
    operations,
    state,
    updated: outputs.map(({ rows, cols, data }) => fromData(rows, cols, data)),
    plain: state.map((array, k) => add(array, updates[k], rate)),
  };
}

/** Operations that compute each of some numbers of entries, by kind. */
const kindsOf = ({ operations }: Step, rows: number, cols: number): string[] =>
  operations
    .filter(({ out, kind }) => out.rows === rows && out.cols === cols && kind !== 'transpose')
    .map(({ kind }) => kind)
    .sort();

describe('the step of one sample', () => {
  it.each(Object.keys(rules))('is S + rate g(S, z) for %s', (name) => {
    const { updated, plain, state } = stepOf(name);
    expect(updated.length).toBe(state.length);
    updated.forEach((array, k) => {
      expect(maxAbs(add(plain[k], state[k], -1))).toBeGreaterThan(1e-4);
      expect(maxAbs(add(array, plain[k], -1))).toBeLessThan(1e-15);
    });
  });

  it('has the rate at the factors of outer products, and decay and rate as one factor', () => {
    expect(kindsOf(stepOf('oja'), 3, 4)).toEqual(['add', 'multiply']);
    expect(kindsOf(stepOf('similarityMatching'), 3, 4)).toEqual(['add', 'multiply', 'scale']);
    expect(kindsOf(stepOf('deepLinear'), 2, 4)).toEqual(['add', 'multiply', 'scale']);
  });

  it.each(['similarityMatching', 'one that solves and inverts'])(
    'keeps symmetric arrays so to the last bit: %s',
    (name) => {
      const { updated } = stepOf(name);
      const { rows, data } = updated[1];
      for (let i = 0; i < rows; i++) for (let j = 0; j < i; j++) expect(data[i * rows + j]).toBe(data[j * rows + i]);
    },
  );
});
