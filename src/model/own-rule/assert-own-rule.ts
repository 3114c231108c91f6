import type { RuleDefinition } from '../definition/rule-definition.js';
import { assertRotations } from './checks/rotations.js';
import { assertArrays, assertSettings, assertShapes, assertState } from './checks/shapes.js';
import { genericState, someSamples, subjectOf } from './checks/subject.js';
import { assertDegree, assertDerivatives, assertValues } from './checks/values.js';
import type { State } from '../rule.js';
import type { OwnModel } from './own-rule.js';

/** Samples that every check tries. */
const TRIED = 3;

/**
 * Tries a rule of one's own on a model, so that what is wrong with it is found before anything is computed with it. Throws
 * InvalidInputError that names the file, its member, what was found and what is expected. Whether steps are equivariant, and the flow
 * settles, is found by the theory.
 */
export function assertOwnRule(rule: RuleDefinition<OwnModel>, model: OwnModel, file: string): void {
  const subject = subjectOf(rule, model, file);
  const arrays = assertArrays(subject);
  const groups = assertSettings(subject);
  assertShapes(subject, arrays, groups);
  const state = genericState(arrays);
  const samples = someSamples(subject, TRIED);
  assertValues(subject, arrays, state, samples);
  assertDerivatives(subject, arrays, state, samples[0]);
  assertDegree(subject, state, samples);
  assertRotations(subject, arrays, groups, state, samples[0]);
  const near: unknown = rule.nearFixedPoint(model);
  assertState(subject, 'nearFixedPoint returns', arrays, near);
  if (!(near as State).every(({ data }) => data.every(Number.isFinite))) {
    subject.fail('nearFixedPoint returns numbers that are not finite');
  }
}
