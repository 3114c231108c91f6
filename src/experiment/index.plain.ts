// What predicts an experiment that is given as plain values, without the reader of YAML, which the lab loads on demand.
export { plainSource } from './file/source/plain-source.js';
export { resolveExperiment } from './file/resolve.js';
export type { Point } from './file/resolve.js';
export { noFiles } from './file/table.js';
export { modelParameters, parameters, simulationParameters } from './parameters.js';
export { planFromTheory } from './plan/from-theory.js';
export { parametersOf } from './point-header.js';
export { theorySnapshot } from './point-snapshot.js';
export { prepare } from './prepare.js';
export type { PreparedPoint } from './prepare.js';
export { quantities } from './quantities.js';
export { liveTask } from './tasks/live.js';
export { coursesOf } from './theory/estimated-errors.js';
export { predictionOf, predictionSecondsOf } from './theory/prediction.js';
