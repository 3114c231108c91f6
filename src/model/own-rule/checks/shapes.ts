import type { Shape } from '#linalg';
import type { StateArray, UnitRotations } from '../../definition/rule-definition.js';
import { shown } from '../rule-error.js';
import { argumentChecks } from './argument-checks.js';
import { shapeText, type Subject } from './subject.js';

const isSize = (value: unknown, least: number): value is number => Number.isInteger(value) && Number(value) >= least;

/** The arrays that a rule declares. */
export function assertArrays({ rule, model, fail }: Subject): readonly StateArray[] {
  const arrays: unknown = rule.arrays(model);
  if (!Array.isArray(arrays) || arrays.length === 0) {
    return fail(`arrays returns ${shown(arrays)}, expected a list of at least one { name, rows, cols }`);
  }
  const names = new Set<string>();
  for (const [k, array] of (arrays as Partial<StateArray>[]).entries()) {
    const { name, rows, cols, symmetric } = array;
    if (typeof name !== 'string' || !/^\w+$/.test(name)) {
      fail(`arrays: the name of array ${k + 1} is ${shown(name)}, expected letters, digits and _`);
    }
    if (names.has(String(name))) fail(`arrays: two arrays are called ${String(name)}, expected a name for each`);
    names.add(String(name));
    if (!isSize(rows, 1) || !isSize(cols, 1)) {
      fail(
        `arrays: ${String(name)} has ${String(rows)} rows and ${String(cols)} columns, expected whole numbers of at least 1`,
      );
    }
    if (symmetric && rows !== cols) {
      fail(`arrays: ${String(name)} is ${String(rows)} x ${String(cols)} and symmetric, expected a square array`);
    }
  }
  return arrays as StateArray[];
}

/** Label noise, batch size and the groups of the symmetry. */
export function assertSettings({ rule, model, fail }: Subject): readonly UnitRotations[] {
  const noise: unknown = rule.labelNoise?.(model) ?? { size: 0, variance: 0 };
  const { size, variance } = noise as { size?: unknown; variance?: unknown };
  if (!isSize(size, 0) || typeof variance !== 'number' || !(variance >= 0)) {
    fail(
      `labelNoise returns size ${shown(size)}, variance ${shown(variance)}, expected a whole number and a number of at least 0`,
    );
  }
  const batch: unknown = rule.batchSize?.(model) ?? 1;
  if (!isSize(batch, 1)) fail(`batchSize returns ${shown(batch)}, expected a whole number of at least 1`);
  const groups = rule.symmetry(model);
  groups.forEach(({ name, units, act }: Partial<UnitRotations>, k) => {
    const isComplete = typeof name === 'string' && isSize(units, 1) && typeof act === 'function';
    if (!isComplete) fail(`symmetry: group ${k + 1} is ${shown(groups[k])}, expected { name, units, act }`);
  });
  return groups;
}

/** What the functions return, in shapes alone. */
export function assertShapes(subject: Subject, arrays: readonly StateArray[], groups: readonly UnitRotations[]): void {
  const { rule, model, fail } = subject;
  const state = arrays.map(({ rows, cols }) => ({ rows, cols }));
  const input = { rows: model.input.size, cols: 1 };
  const sample = { input, noise: { rows: rule.labelNoise?.(model).size ?? 0, cols: 1 } };
  assertState(subject, 'update returns', arrays, rule.update(argumentChecks, model, state, sample));
  groups.forEach(({ name, units, act }) => {
    const turned: unknown = act(argumentChecks, { rows: units, cols: units }, state);
    assertState(subject, `act of ${name} returns`, arrays, turned);
  });
  const layers: unknown = rule.representations(argumentChecks, model, state, input);
  const count = Math.max(1, groups.length);
  if (!Array.isArray(layers) || layers.length < count) {
    return fail(
      `representations returns ${shown(layers)}, expected a list of ${count}, one for each group of the symmetry`,
    );
  }
  for (const [k, layer] of (layers as Partial<Shape>[]).entries()) {
    const units = groups.at(k)?.units ?? layer.rows;
    if (isSize(layer.rows, 1) && layer.rows === units && layer.cols === 1) continue;
    fail(
      `representations: layer ${k + 1} is ${String(layer.rows)} x ${String(layer.cols)}, expected ` +
        (groups.at(k)
          ? `${String(units)} x 1: an activity for each unit of ${groups[k].name}`
          : 'a column of activities'),
    );
  }
  const loss: unknown = rule.loss(argumentChecks, model, state, sample);
  const { task, penalty } = (loss ?? {}) as { task?: Shape; penalty?: Shape };
  for (const [name, part] of Object.entries({ task, ...(penalty && { penalty }) })) {
    if (part?.rows === 1 && part.cols === 1) continue;
    fail(`loss: ${name} is ${part ? shapeText(part) : shown(part)}, expected { task, penalty }, each 1 x 1`);
  }
}

/** A list with an array of the right shape for each of the state. */
export function assertState({ fail }: Subject, what: string, arrays: readonly StateArray[], found: unknown): void {
  const names = arrays.map(({ name }) => name).join(', ');
  if (!Array.isArray(found)) fail(`${what} ${shown(found)}, expected a list of arrays: ${names}`);
  const list = found as Partial<Shape>[];
  if (list.length !== arrays.length) {
    fail(`${what} ${list.length} array${list.length === 1 ? '' : 's'}, expected ${arrays.length}: ${names}`);
  }
  arrays.forEach(({ name, rows, cols }, k) => {
    const array = list.at(k);
    if (array?.rows === rows && array.cols === cols) return;
    const shape = isSize(array?.rows, 0) && isSize(array.cols, 0) ? `${array.rows} x ${array.cols}` : shown(array);
    fail(`${what} ${shape} for ${name}, expected ${rows} x ${cols}`);
  });
}
