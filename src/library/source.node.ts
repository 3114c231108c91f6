import type { Order } from '#experiment';
import type { RunSource } from '#execute';
import type { LoadedExperiment } from './load.node.js';
import { origin } from './origin.node.js';

/** The report that a run directory gets at its end; none unless an order of the learning rate is given. */
interface ReportOptions {
  readonly order?: Order | null;
  /** With trajectories of all hidden units. */
  readonly allUnits?: boolean;
}

/** What of a loaded experiment goes into the manifest of its run directory. */
export function sourceOf(
  { document, experiment, data, text }: LoadedExperiment,
  quick: boolean,
  { order: report = null, allUnits = false }: ReportOptions = {},
): Pick<RunSource, 'description' | 'text'> {
  return {
    description: {
      ...origin(),
      // A fixed name: that of the user's file might be one of ours.
      file: document.isJson ? 'experiment.json' : 'experiment.yaml',
      configuration: experiment.configuration,
      data,
      quick,
      report,
      allUnits,
    },
    text,
  };
}
