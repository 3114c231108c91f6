import { command } from '../command.js';
import { choice, flag, positive, severalArguments, text, value, wholeNumber, withDefault } from '../options.js';

export const analyse = command({
  name: 'analyse',
  description: 'drift of recorded neurons or network checkpoints: F, D, directed drift, similarity, controls',
  arguments: {
    files: severalArguments(
      'recordings: .npy, .npz, .csv, .parquet, .zarr, .mat, .h5 or .nwb, one for each animal or each session; or run directories',
    ),
  },
  options: {
    axes: text(
      '<list>',
      'the axes of an array in its order, such as session,trial,stimulus,neuron; without trial: declared free of trial noise',
    ),
    key: text('<path>', 'which array of a file that holds several, such as experiment.responses'),
    times: text(
      '<list>',
      'times of the sessions, such as 0,2,4,7, a file of them, or the name of an array of the file',
    ),
    unit: text('<word>', 'unit of the times, such as day'),
    labels: text('<list>', 'names of the stimuli, a file with one a line, or the name of an array of the file'),
    frequency: text('<file>', 'presentations of each stimulus: a table with the columns stimulus and count'),
    point: value('<number>', wholeNumber(0), 'of a run directory: the point, from 0, whose replicas are analysed'),
    model: text('<file>', 'experiment file: what it predicts stands beside what was measured'),
    modelPoint: value('<number>', wholeNumber(0), 'of a model that is a sweep: its point, from 0'),
    modelSteps: value('<number>', positive(Infinity), 'steps of learning of that model in one unit of time'),
    missing: withDefault(
      'nan',
      value(
        '<value>',
        choice('nan', 'zero'),
        'what stands where a neuron was not recorded in a session: nan, or zero and nan',
      ),
    ),
    normalise: withDefault(
      'none',
      value('<how>', choice('none', 'gain', 'neuron'), 'none, the gain of each session, or each neuron'),
    ),
    out: text('<dir>', 'directory for report.html, report.json, tables, figures, methods.txt and references.bib'),
    json: flag('one JSON document on standard output, everything else on standard error'),
  },
  run: async () => (await import('../analyse/command.js')).analyseCommand,
});
