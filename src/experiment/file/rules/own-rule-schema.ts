import { InvalidInputError, type KeyPath } from '#core';
import type { Matrix } from '#linalg';
import type { RuleParameter, RuleParameters } from '#model';
import { z } from 'zod';
import { resolveMatrix } from '../matrix.js';
import { commonModelKeys, experimentSchema, LARGEST, matrix, ruleFileKey, section } from '../schema.js';
import type { ReadBytes } from '../table.js';

/** The schema of an experiment file whose rule has these parameters. */
export const ownExperimentSchema = (parameters: RuleParameters) =>
  experimentSchema.extend({
    model: section('the keys of a model of its rule', {
      rule: ruleFileKey,
      ...Object.fromEntries(Object.entries(parameters).map(([key, parameter]) => [key, schemaOf(parameter)])),
      ...commonModelKeys,
    }),
  });

/** `a number above 0, at most 5`. */
function phraseOf({ kind, min, above, max }: RuleParameter): string {
  const limits = [
    above === undefined ? '' : `above ${above}`,
    min === undefined ? '' : `of at least ${min}`,
    max === undefined ? '' : `at most ${max}`,
  ].filter((text) => text !== '');
  return [kind === 'integer' ? 'a whole number' : 'a number', limits.join(', ')].join(' ').trim();
}

function schemaOf(parameter: RuleParameter): z.ZodType {
  const phrase = phraseOf(parameter);
  const { above = -Infinity, min = -LARGEST, max = LARGEST } = parameter;
  const limited = (base: z.ZodNumber): z.ZodNumber => base.gt(above, phrase).min(min, phrase).max(max, phrase);
  switch (parameter.kind) {
    case 'number':
      return defaulted(limited(z.number(phrase)), parameter.default);
    case 'integer':
      return defaulted(limited(z.int(phrase)), parameter.default);
    case 'list': {
      const { length } = parameter;
      const text = length === undefined ? 'a list of numbers' : `a list of ${length} numbers`;
      const values = z.array(limited(z.number(phrase)), text).min(1, text);
      return defaulted(length === undefined ? values : values.length(length, text), parameter.default);
    }
    case 'matrix':
      return defaulted(matrix, parameter.default);
  }
}

/** A default is checked as any other value is. */
const defaulted = (schema: z.ZodType, value: unknown): z.ZodType =>
  value === undefined ? schema : schema.prefault(value);

/** The parameters of a model, matrices with their shape and limits checked. Throws InvalidInputError at the key of one. */
export async function resolveParameters(
  parameters: RuleParameters,
  given: Readonly<Record<string, unknown>>,
  read: ReadBytes,
): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const [key, parameter] of Object.entries(parameters)) {
    const path: KeyPath = ['model', key];
    values[key] = given[key];
    if (parameter.kind !== 'matrix') continue;
    const found = await resolveMatrix(given[key] as z.infer<typeof matrix>, read, path);
    assertMatrix(found, parameter, path);
    values[key] = found;
  }
  return values;
}

function assertMatrix(found: Matrix, parameter: RuleParameter & { kind: 'matrix' }, path: KeyPath): void {
  const { rows = found.rows, cols = found.cols, above = -Infinity, min = -Infinity, max = Infinity } = parameter;
  if (found.rows !== rows || found.cols !== cols) {
    throw new InvalidInputError(`found ${found.rows} x ${found.cols}, expected a ${rows} x ${cols} matrix`, path);
  }
  const wrong = found.data.find((value) => !(value > above && value >= min && value <= max));
  if (wrong === undefined) return;
  throw new InvalidInputError(`found ${wrong}, expected each to be ${phraseOf(parameter)}`, path);
}
