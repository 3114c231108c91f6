import type { RuleDefinition } from '../definition/rule-definition.js';
import type { RuleModel } from '../rule.js';
import type { ParameterValues, RuleParameters } from './parameters.js';

/** The model of a rule of one's own: what every model has, and its parameters. */
export type OwnModel<P extends RuleParameters = RuleParameters> = RuleModel & ParameterValues<P>;

type Optional = 'symmetry' | 'nearFixedPoint';
type Replaced =
  Optional | 'parameters' | 'withUnits' | 'orient' | 'symmetricArrays' | 'slow' | 'dual' | 'normals' | 'unpredicted';

/**
 * What a rule file exports: the definition of a learning rule with its parameters. Without `symmetry` it has none; without
 * `nearFixedPoint` the mean flow from small random weights (symmetric arrays: the identity) leads to the fixed point.
 */
export type OwnRule<P extends RuleParameters = RuleParameters> = Omit<RuleDefinition<OwnModel<P>>, Replaced> &
  Partial<Pick<RuleDefinition<OwnModel<P>>, Optional>> & {
    /** Keys of `model` in the experiment file besides input, learningRate and synapticNoise. */
    readonly parameters?: P;
  };

/** Checks the types of a learning rule: `export default defineRule({ name: 'mine', … })` is a rule file. */
export const defineRule = <const P extends RuleParameters = Readonly<Record<string, never>>>(
  rule: OwnRule<P>,
): OwnRule<P> => rule;

/** Every member that a rule may have, and whether it must. */
export const members = {
  name: 'required',
  parameters: 'optional',
  arrays: 'required',
  update: 'required',
  degree: 'optional',
  labelNoise: 'optional',
  batchSize: 'optional',
  symmetry: 'optional',
  representations: 'required',
  loss: 'required',
  nearFixedPoint: 'optional',
} as const satisfies Readonly<Record<keyof OwnRule, 'required' | 'optional'>>;
