import type { Path, Prediction, StabilityLimit } from '#theory';
import type { RuleModel } from '#model';
import type { Point } from './file/resolve.js';
import { whyUnpredicted } from './theory/unpredicted.js';
import { columnOf, isModelParameter, modelParameters, PHASE } from './parameters.js';

/** What a report needs to know of a point. */
export type ReportPoint = Pick<Point, 'model' | 'probes' | 'probeLabels' | 'assignments' | 'phase'>;

/** What is known of one point before anything is simulated, whoever asks. */
export interface PointHeader<Missing extends null = never> {
  readonly parameters: Readonly<Record<string, unknown>>;
  /** How the theory was computed, see docs/theory-paths.md. */
  readonly path: Path | Missing;
  readonly singularValues: number[] | Missing;
  readonly normalHessianEigenvalues: number[] | Missing;
  /** Ascending; none on the path `sampled`. */
  readonly rotationDiffusionEigenvalues: number[] | Missing;
  /** 1/2 |(A-M) Sigma^(1/2)|^2 + gamma |M|_* at the minimum. */
  readonly regularizedLossWithoutLabelNoise: number | Missing;
  /** Steps. */
  readonly relaxationTime: number | Missing;
  /** From this learning rate on the mean squared displacement from the manifold grows; where not `exact`, it is an upper bound. */
  readonly stabilityLimit: StabilityLimit | Missing;
  /** Why nothing is predicted of a point that is only measured. */
  readonly unpredicted?: string;
}

/** What the theory knows of a point. */
export function headerOf(point: ReportPoint, prediction: Prediction): PointHeader {
  return {
    parameters: parametersOf(point),
    path: prediction.path,
    // Silent units have none.
    singularValues: Array.from(prediction.singularValues).filter((value) => value > 0),
    normalHessianEigenvalues: Array.from(prediction.normalHessianEigenvalues),
    rotationDiffusionEigenvalues: Array.from(prediction.rotationDiffusionEigenvalues),
    regularizedLossWithoutLabelNoise: prediction.regularizedLossWithoutLabelNoise,
    relaxationTime: prediction.relaxationTime,
    stabilityLimit: prediction.stability,
  };
}

/** The same of a point without a prediction. */
export function headerWithoutTheory(point: ReportPoint): PointHeader<null> {
  const unpredicted = whyUnpredicted(point.model);
  return { ...NO_THEORY, parameters: parametersOf(point), ...(unpredicted !== null && { unpredicted }) };
}

const NO_THEORY = {
  path: null,
  singularValues: null,
  normalHessianEigenvalues: null,
  rotationDiffusionEigenvalues: null,
  regularizedLossWithoutLabelNoise: null,
  relaxationTime: null,
  stabilityLimit: null,
} as const;

/** Numbers and names of a model: those of the registry in its order, then what only the model's rule knows. */
function scalarsOf(model: RuleModel): Record<string, unknown> {
  const all = Object.entries(model).filter(([, value]) => typeof value === 'number' || typeof value === 'string');
  const known = modelParameters.flatMap((name) => all.filter(([key]) => key === name));
  return Object.fromEntries([...known, ...all.filter(([key]) => !isModelParameter(key))]);
}

/** The phase, the model's parameters and what else the sweep sets. */
export function parametersOf({
  model,
  assignments,
  phase,
}: Pick<Point, 'model' | 'assignments' | 'phase'>): Record<string, unknown> {
  const all = scalarsOf(model);
  const swept = assignments.filter(({ name }) => !(columnOf(name) in all));
  // A parameter of a rule file that is swept has the name of its path alone; the rule itself has its own in every table.
  const scalars = Object.fromEntries(
    Object.entries(all).filter(([key]) => key === 'rule' || !swept.some(({ name }) => name === `model.${key}`)),
  );
  return {
    ...(phase && { [PHASE]: phase.name }),
    ...scalars,
    ...Object.fromEntries(swept.map(({ name, value }) => [columnOf(name), value])),
  };
}
