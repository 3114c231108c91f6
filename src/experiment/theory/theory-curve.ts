import { InvalidInputError, TheoryDomainError } from '#core';
import { definitionOf, isKnownRule, type RuleModel } from '#model';
import { z } from 'zod';
import { cell, columnOf, isIntegerParameter, isModelParameter, PHASE } from '../parameters.js';
import { theorySnapshot, type PointSnapshot, type TheorySnapshot } from '../point-snapshot.js';
import { readExperiment } from '../file/read.js';
import { sweepCombinations, type Assignment } from '../file/sweep.js';
import { predictionOf } from './prediction.js';
import { requireTheory } from './theory-of.js';

/** The theory at a value of a parameter; null where it makes no prediction. */
export interface TheoryAt {
  readonly value: number;
  readonly theory: TheorySnapshot<null> | null;
}

/** Multiplications that all predictions together may take: seconds. */
const MAX_OPERATIONS = 1e9;

/**
 * The theory at other values of one parameter than those of the sweep, ascending; everything else as at a frozen point of
 * it. Whole numbers of units and of samples a step are kept. null where that cannot be done: when an input of data files is
 * what varies, when a value is none that the experiment file could have, and when all predictions together take more than
 * 10^9 multiplications, or its rule is one of a file that was not loaded. `configuration` is that of the manifest.
 */
export async function theoryCurve(
  point: PointSnapshot,
  configuration: unknown,
  parameter: string,
  values: readonly number[],
): Promise<TheoryAt[] | null> {
  const { model: own } = point.task;
  if (own.rule !== undefined && !isKnownRule(own.rule)) return null;
  const key = parameter.replace(/^model\./, '');
  const declared = definitionOf(own)?.parameters?.[key];
  const isInteger = declared ? declared.kind === 'integer' : isIntegerParameter(parameter);
  const kept = isInteger ? values.map(Math.round) : values;
  const grid = [...new Set(kept)].sort((a, b) => a - b);
  const models =
    isModelParameter(parameter) || declared
      ? grid.map((value): RuleModel => ({ ...own, [key]: value }))
      : await modelsOf(point, configuration, parameter, grid);
  if (!models || !areFew(models)) return null;
  const probes = point.theory.probes.map(({ stimulus }) => Float64Array.from(stimulus));
  const simulation = { seed: point.task.seed };
  return models.map((model, k) => ({
    value: grid[k],
    theory: orNull(() => theorySnapshot({ probes }, predictionOf({ model, probes, simulation }))),
  }));
}

/**
 * What the phases and the sweep of a manifest's configuration set at each of its `points`, in their order, under the names of the columns
 * of the table; nothing when it has another number of points.
 */
export function sweptParameters(configuration: unknown, points: number): Record<string, number | string>[] {
  const sweep = sweepOf(configuration);
  const phases = phasesIn(configuration);
  const each = phases.length === 0 ? [{}] : phases.map(({ name }) => ({ [PHASE]: name }));
  if (Object.values(sweep).reduce((product, list) => product * list.length, each.length) !== points) return [];
  return sweepCombinations(sweep).flatMap((assignments) =>
    each.map((phase) => ({ ...phase, ...columnsOf(assignments) })),
  );
}

const columnsOf = (assignments: readonly Assignment[]): Record<string, number | string> =>
  Object.fromEntries(assignments.map(({ name, value }) => [columnOf(name), cell(value)]));

const valueList = z.array(z.unknown());
const sweeping = z.object({
  sweep: z
    .record(z.string(), z.union([valueList, z.object({ values: valueList }).transform(({ values }) => values)]))
    .default({}),
});

const phased = z.object({ phases: z.array(z.object({ name: z.string() })).default([]) });

const phasesIn = (configuration: unknown): { readonly name: string }[] =>
  phased.safeParse(configuration).data?.phases ?? [];

/** None where a manifest was changed by hand to something else. */
function sweepOf(configuration: unknown): Record<string, unknown[]> {
  const sweep = sweeping.safeParse(configuration).data?.sweep ?? {};
  try {
    sweepCombinations(sweep);
    return sweep;
  } catch (error) {
    if (error instanceof InvalidInputError) return {};
    throw error;
  }
}

/** Models of a parameter that only the experiment file can set. */
async function modelsOf(
  { parameters }: PointSnapshot,
  configuration: unknown,
  parameter: string,
  grid: readonly number[],
): Promise<RuleModel[] | null> {
  const sweep = Object.entries(sweepOf(configuration)).map(([key, list]) => {
    if (columnOf(key) === parameter) return [key, grid];
    const isHere = (value: unknown): boolean =>
      sweepCombinations({ [key]: [value] })[0].every(
        ({ name, value: own }) => cell(own) === parameters[columnOf(name)],
      );
    return [key, list.filter(isHere).slice(0, 1)];
  });
  try {
    const text = JSON.stringify({ ...(configuration as object), sweep: Object.fromEntries(sweep) as unknown });
    const models = (await readExperiment(text)).points.map(({ model }) => model);
    // Others where the parameter takes its values together with another one.
    return models.length === grid.length ? models : null;
  } catch (error) {
    if (error instanceof InvalidInputError) return null;
    throw error;
  }
}

/** Theory may be cheaper at one end than at the other, where a component of the input vanishes, say. */
function areFew(models: readonly RuleModel[]): boolean {
  const ends = [models[0], models[models.length >> 1], models[models.length - 1]];
  const largest = Math.max(...ends.map((model) => orNull(() => requireTheory(model).operations(model)) ?? 0));
  return largest * models.length <= MAX_OPERATIONS;
}

function orNull<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof TheoryDomainError) return null;
    throw error;
  }
}
