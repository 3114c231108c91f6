import type { RuleDefinition } from '../definition/rule-definition.js';
import type { OwnModel, OwnRule } from './own-rule.js';
import { inPrincipalFrame } from './principal-frame.js';
import { ruleError, shown, thrownBy } from './rule-error.js';
import { symmetricArrays } from './symmetric-arrays.js';
import { settledState } from './settled-state.js';

/** The definition of a rule of one's own with what it leaves out; what its functions throw names the file. */
export function definitionOfOwn(rule: OwnRule, file: string): RuleDefinition<OwnModel> {
  const guard = guarded(file);
  const given = {
    name: rule.name,
    parameters: rule.parameters ?? {},
    ...(rule.degree === undefined ? {} : { degree: rule.degree }),
    arrays: guard('arrays', rule.arrays.bind(rule)),
    update: guard('update', rule.update.bind(rule)),
    ...(rule.labelNoise && { labelNoise: guard('labelNoise', rule.labelNoise.bind(rule)) }),
    ...(rule.batchSize && { batchSize: guard('batchSize', rule.batchSize.bind(rule)) }),
    symmetry: rule.symmetry
      ? guard('symmetry', (model: OwnModel) => {
          const groups: unknown = rule.symmetry?.(model);
          if (!Array.isArray(groups)) throw ruleError(file, `symmetry returns ${shown(groups)}, expected a list`);
          return (groups as ReturnType<NonNullable<OwnRule['symmetry']>>).map((group) => ({
            ...group,
            act: typeof group.act === 'function' ? guard('act', group.act) : group.act,
          }));
        })
      : () => [],
    representations: guard('representations', rule.representations.bind(rule)),
    loss: guard('loss', rule.loss.bind(rule)),
  };
  const nearFixedPoint = rule.nearFixedPoint
    ? guard('nearFixedPoint', rule.nearFixedPoint.bind(rule))
    : (model: OwnModel) => settledState({ ...given, nearFixedPoint: () => [] }, model);
  const definition = { ...given, nearFixedPoint };
  return { ...definition, symmetricArrays, orient: (model, state) => inPrincipalFrame(definition, model, state) };
}

/** Makes functions whose errors are errors about the file. */
const guarded =
  (file: string) =>
  <F extends (...given: never[]) => unknown>(member: string, work: F): F =>
    ((...given) => {
      try {
        return work(...given);
      } catch (error) {
        throw thrownBy(file, member, error);
      }
    }) as F;
