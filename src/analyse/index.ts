export { STEPS_OF_RECORDING } from './analyse-recording.js';
export { analyse } from './animals.js';
export type {
  Agreement,
  AnalysisOptions,
  AnalysisReport,
  Control,
  FamiliarMeasure,
  FrequencyTrend,
  GapPoint,
  Measured,
  ModelPrediction,
  Motion,
  Normalisation,
  RecordingReport,
  SessionPair,
  StimulusMotion,
  Turning,
  TurningDimension,
  TurningPlane,
  TurningPrediction,
  Warning,
} from './report.js';
export { syntheticRecording } from './synthetic/synthetic.js';
export type { SyntheticOptions } from './synthetic/synthetic.js';
