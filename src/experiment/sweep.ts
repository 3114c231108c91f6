import { InvalidInputError } from '#core';

/** One swept key and the value it takes at a point. */
export interface Assignment {
  /** Key path with dots, e.g. model.input.1.weight. */
  readonly name: string;
  readonly value: unknown;
  /** Position of the value in its list. */
  readonly index: number;
}

/** The cartesian product of the lists, the last key fastest; one point with no assignment when there is no sweep. */
export function expandSweep(
  raw: unknown,
  sweep: Readonly<Record<string, readonly unknown[]>>,
): { assignments: Assignment[]; value: unknown }[] {
  let combinations: Assignment[][] = [[]];
  for (const [name, values] of Object.entries(sweep)) {
    combinations = combinations.flatMap((known) => values.map((value, index) => [...known, { name, value, index }]));
  }
  return combinations.map((assignments) => {
    const value = structuredClone(raw);
    for (const assignment of assignments) set(value, assignment);
    return { assignments, value };
  });
}

function set(root: unknown, { name, value }: Assignment): void {
  const parts = name.split('.');
  const last = parts.pop() ?? '';
  const unknown = (): never => {
    throw new InvalidInputError(
      'does not lead to a key of this experiment; write the path with dots, like model.learningRate or model.input.0.weight',
      ['sweep', name],
    );
  };
  if (!['model', 'simulation'].includes(parts[0])) unknown();
  let node = root as Record<string, unknown> | undefined;
  for (const part of parts) {
    if (part === 'simulation' && node === root) (root as Record<string, unknown>).simulation ??= {};
    const next = node?.[part];
    if (typeof next !== 'object' || next === null) return unknown();
    node = next as Record<string, unknown>;
  }
  if (node === undefined || (Array.isArray(node) && !(last in node))) return unknown();
  node[last] = value;
}
