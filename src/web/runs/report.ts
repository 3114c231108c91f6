import { InvalidInputError } from '#core';

/** What the lab shows of one point of a report.json. */
export interface ShownPoint {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly probes: readonly {
    readonly theory: readonly number[];
    readonly simulation: readonly (readonly [number, number])[];
  }[];
}

/** Quantities of a table, in the order of its columns. */
const shownQuantities = ['fluctuation', 'diffusion'] as const;

/** Reads the report of `meander run`. Throws InvalidInputError where it is none. */
export function readReport(name: string, text: string): ShownPoint[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InvalidInputError(`${name}: not valid JSON: ${(error as Error).message}`);
  }
  const points = own(value, 'points');
  if (!Array.isArray(points)) throw new InvalidInputError(`${name}: has no points, expected the report of meander run`);
  return points.map((point: unknown, k) => {
    const [probes, parameters] = [own(point, 'probes'), own(point, 'parameters')];
    if (!Array.isArray(probes) || typeof parameters !== 'object' || parameters === null) {
      throw new InvalidInputError(
        `${name}: points[${k}] has no probes and parameters, expected the report of meander run`,
      );
    }
    const number = (found: unknown, where: string): number => {
      if (typeof found === 'number') return found;
      throw new InvalidInputError(`${name}: points[${k}].${where} is no number, expected the report of meander run`);
    };
    return {
      parameters: parameters as Record<string, unknown>,
      probes: probes.map((probe: unknown, i) => ({
        theory: shownQuantities.map((key) => number(own(probe, key), `probes[${i}].${key}`)),
        simulation: shownQuantities.map((key): readonly [number, number] => {
          const measured = own(own(probe, 'simulation'), key);
          const where = `probes[${i}].simulation.${key}`;
          return [number(own(measured, 'value'), `${where}.value`), number(own(measured, 'se'), `${where}.se`)];
        }),
      })),
    };
  });
}

const own = (node: unknown, key: string): unknown =>
  typeof node === 'object' && node !== null && Object.hasOwn(node, key)
    ? (node as Record<string, unknown>)[key]
    : undefined;
