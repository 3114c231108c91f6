import { InvalidInputError, nearest } from '#core';
import { z } from 'zod';
import { ruleParameters } from '../../parameters.js';
import { deepKeys, networkKeys } from './network-keys.js';
import { commonModelKeys, experimentSchema, modelSchema, required, ruleFileKey, section, whole } from '../schema.js';

const named = <Name extends string>(name: Name, description: string) => z.literal(name, name).describe(description);

const MAX_LAYERS = 8;
const MAX_UNITS = 10_000;

const { target, weightDecay, labelNoiseVariance, batchSize } = modelSchema.shape;

const deepNetworkKeys = {
  hiddenLayers: z
    .array(whole(1, MAX_UNITS), 'a list of hidden layer sizes')
    .min(1, 'a list of at least one hidden layer size')
    .max(MAX_LAYERS, `a list of at most ${MAX_LAYERS} hidden layer sizes`)
    .describe('Units of each hidden layer, from the input to the output.'),
  target,
  ...commonModelKeys,
  ...{ weightDecay, labelNoiseVariance, batchSize },
  ...networkKeys,
};

/** The models of all learning rules, by the name in `model.rule`. */
export const modelSchemas = {
  sgd: modelSchema,
  deepLinear: section('the keys of a deepLinear model', {
    rule: named('deepLinear', 'Stochastic gradient descent of a linear network with any number of hidden layers.'),
    ...deepNetworkKeys,
  }),
  deep: section('the keys of a deep model', {
    rule: named('deep', 'The same with activation functions and dropout, without theory.'),
    ...deepNetworkKeys,
    ...deepKeys,
  }),
  oja: section('the keys of an oja model', {
    rule: named('oja', "Oja's subspace rule."),
    outputs: required('outputs'),
    ...commonModelKeys,
  }),
  similarityMatching: section('the keys of a similarityMatching model', {
    rule: named('similarityMatching', 'Online similarity matching with lateral weights.'),
    outputs: required('outputs'),
    tau: required('tau').default(1).describe(ruleParameters.tau.description),
    ...commonModelKeys,
  }),
  sanger: section('the keys of a sanger model', {
    rule: named(
      'sanger',
      "Sanger's rule: Oja's with an order of the outputs, which leaves no symmetry. A negative control.",
    ),
    outputs: required('outputs'),
    ...commonModelKeys,
  }),
  maskedSimilarityMatching: section('the keys of a maskedSimilarityMatching model', {
    rule: named(
      'maskedSimilarityMatching',
      'Similarity matching with lateral weights below the diagonal. A negative control.',
    ),
    outputs: required('outputs'),
    tau: required('tau').default(1).describe(ruleParameters.tau.description),
    ...commonModelKeys,
  }),
} as const;

export type RuleName = keyof typeof modelSchemas;
export type RuleSpec = { [Name in RuleName]: z.infer<(typeof modelSchemas)[Name]> }[RuleName];

const ruleNames = Object.keys(modelSchemas) as RuleName[];

/** The schema of an experiment file that names this learning rule. */
export const experimentSchemaOf = (rule: RuleName) => experimentSchema.extend({ model: modelSchemas[rule] });

/** An experiment file of any learning rule; of a rule file, whose parameters only the file knows, the keys that every rule has. */
export const anyExperimentSchema = experimentSchema.extend({
  model: z
    .union([
      ...Object.values(modelSchemas),
      z.looseObject({ rule: ruleFileKey.describe('A rule of your own, in a file.'), ...commonModelKeys }),
    ])
    .describe(experimentSchema.shape.model.description ?? ''),
});

/** The learning rule that the plain values of a file name. Throws InvalidInputError for one that is not known. */
export function ruleIn(raw: unknown): RuleName {
  const rule = (raw as { model?: { rule?: unknown } | null } | null)?.model?.rule ?? 'sgd';
  const known = ruleNames.find((name) => name === rule);
  if (known) return known;
  const meant = typeof rule === 'string' ? nearest(rule, ruleNames) : undefined;
  throw new InvalidInputError(
    `found ${JSON.stringify(rule)}, expected a learning rule: one of ${ruleNames.join(', ')}, or {file: my-rule.ts}${meant ? `; did you mean ${meant}?` : ''}`,
    ['model', 'rule'],
  );
}
