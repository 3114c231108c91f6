import { modelParameters, parameters, simulationParameters, type Parameter, type ParameterName } from '#experiment';
// An experiment of the page as an experiment file, and the numbers of the page that it holds.
import type { LabPoint, PlainExperiment } from '../prediction/messages.js';
import type { NumberKey, Numbers } from './fields.js';

/** Burn-in, lag and duration of a simulation, steps. */
interface Times {
  readonly burnIn: number;
  readonly lag: number;
  readonly duration: number;
}

/** Fewer samples than that are not enough for a file that repeats them. */
const MIN_SAMPLES = 4;

/** The times of a run that ends at the sample which the page has reached; undefined before there are enough. */
export function timesOf({ task }: LabPoint, samples: number): Times | undefined {
  const { lag } = task.measurement;
  return samples < MIN_SAMPLES ? undefined : { burnIn: task.burnIn, lag, duration: (samples - 1) * lag };
}

const allParameters: readonly ParameterName[] = [...modelParameters, ...simulationParameters];

/** What an experiment file means when it leaves a number out. */
const fileDefaults: Partial<Numbers> = Object.fromEntries(
  allParameters.flatMap((name) => {
    const { default: value }: Parameter = parameters[name];
    return value === undefined ? [] : [[name, value]];
  }),
);

const pick = (keys: readonly NumberKey[], from: Readonly<Record<string, unknown>>): Partial<Numbers> =>
  Object.fromEntries(keys.flatMap((key) => (typeof from[key] === 'number' ? [[key, from[key]]] : [])));

/** The numbers of an experiment that the page can set. */
export const numbersOf = ({ model, simulation }: PlainExperiment): Partial<Numbers> =>
  pick(allParameters, {
    ...fileDefaults,
    ...(model as object),
    ...(simulation as object | undefined),
  });

/** An experiment with some numbers replaced. What a sweep said of them is dropped. */
export function withNumbers(experiment: PlainExperiment, numbers: Partial<Numbers>): PlainExperiment {
  const { sweep, ...rest } = experiment;
  const kept = Object.entries(sweep ?? {}).filter(([name]) => !(name.replace(/^\w+\./, '') in numbers));
  return {
    ...rest,
    ...(kept.length > 0 ? { sweep: Object.fromEntries(kept) } : {}),
    model: { ...(experiment.model as object), ...pick(modelParameters, numbers) },
    simulation: { ...(experiment.simulation as object | undefined), ...pick(simulationParameters, numbers) },
  };
}

/** An experiment as the text of an experiment file, with times where they are known: YAML whose values are JSON. */
export function experimentText(experiment: PlainExperiment, times?: Times): string {
  const simulation = { ...(experiment.simulation as object | undefined), ...times };
  const lines: string[] = [];
  for (const [key, value] of Object.entries({ ...experiment, simulation })) {
    if (key === 'model') lines.push('model:', ...modelLines(value));
    else lines.push(`${key}: ${JSON.stringify(value)}`);
  }
  return `${lines.join('\n')}\n`;
}

const modelLines = (model: object): string[] =>
  Object.entries(model).flatMap(([key, value]: [string, unknown]) =>
    key === 'input' && Array.isArray(value)
      ? ['  input:', ...value.map((component) => `    - ${JSON.stringify(component)}`)]
      : [`  ${key}: ${JSON.stringify(value)}`],
  );
