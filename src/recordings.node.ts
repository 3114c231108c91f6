/**
 * Recordings of neurons, or of a network at checkpoints, from a program in Node: the entry `meander-drift/recordings` of the
 * package.
 *
 * {@link readRecordings} reads files, {@link analyse} tells trial noise, fluctuation, diffusion and directed drift apart:
 * `meander analyse` without its tables and figures. {@link syntheticRecording} makes recordings of which these are known.
 *
 * ```ts
 * import { analyse, readRecordings } from 'meander-drift/recordings';
 *
 * const recordings = await readRecordings(['mouse1.npy'], { axes: 'session,trial,stimulus,neuron', timeUnit: 'day' });
 * const { population, warnings } = analyse(recordings, { normalise: 'none', zeroIsMissing: false });
 * console.log(population.relativeDiffusion, warnings);
 * ```
 *
 * @module meander-drift/recordings
 */
export { analyse, syntheticRecording } from '#analyse';
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
  SyntheticOptions,
  Turning,
  TurningDimension,
  TurningPlane,
  TurningPrediction,
  Warning,
} from '#analyse';
export { describeRecording, recordingsFrom } from '#recording';
export type { Frequencies, ReadOptions, Recording, RecordingDescription, RecordingFile } from '#recording';
export { readRecordings } from '#recording/node';
export type { ReadFileOptions } from '#recording/node';
