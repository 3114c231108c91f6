/**
 * What a file with a learning rule of one's own needs: the entry `meander-drift/rule` of the package.
 *
 * {@link defineRule} checks the types of a rule; {@link number}, {@link integer}, {@link list} and {@link matrix} declare its
 * parameters. The functions of matrices make known ones, for `nearFixedPoint` and `constant`; everything else is written over the
 * algebra that it is given, {@link ArrayAlgebra}: constant, rows, cols, multiply, transpose, add, subtract, scale, hadamard, inverse,
 * solve, lowerTriangle, runningSums and map, which takes a function with its derivatives, {@link ScalarFunction}. See docs/your-own-rule.md.
 *
 * @module meander-drift/rule
 */
export * from './model/own-rule/entry.js';
export type {
  InputDistribution,
  IntegerParameter,
  ListParameter,
  MatrixParameter,
  NumberParameter,
  OwnModel,
  OwnRule,
  ParameterValues,
  RuleDefinition,
  RuleModel,
  RuleParameter,
  RuleParameters,
  Sample,
  SampleLoss,
  State,
  StateArray,
  UnitRotations,
} from '#model';
export type { ArrayAlgebra, Matrix, ScalarFunction } from '#linalg';
