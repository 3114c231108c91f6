import { InvalidInputError, nearest } from '#core';
import { experimentSchema, knownPaths, NOISE_SOURCE, noiseSources, type ExperimentDocument } from '#experiment';
import { parse } from 'yaml';

const OPTION = '--set';

const sections = Object.keys(experimentSchema.shape);

/**
 * Sets the key of a text such as `model.weightDecay=0.2`; the value is YAML. The rest of a key that begins with `sweep.` is
 * the path of a swept key. A key that the file sweeps is not swept any more. Throws InvalidInputError, also where the
 * value is refused later, in the form `--set KEY=VALUE: message`.
 */
export function applySetting(document: ExperimentDocument, setting: string): void {
  const fail = (message: string): never => {
    throw new InvalidInputError(`${OPTION} ${setting}: ${message}`);
  };
  const [, key, text] = /^\s*([^=\s]+)\s*=([^]*)$/.exec(setting) ?? [
    '',
    '',
    fail('expected KEY=VALUE, such as model.weightDecay=0.2'),
  ];
  const [section, ...rest] = key.split('.');
  if (!sections.includes(section)) {
    const meant = nearest(key, [...sections, ...knownPaths]) ?? knownPaths.find((path) => path.endsWith(`.${key}`));
    fail(
      `unknown key, ${meant ? `did you mean ${meant}?` : `expected one of ${sections.join(', ')}, or a path with dots`}`,
    );
  }
  const path = section === 'sweep' && rest.length > 0 ? [section, rest.join('.')] : [section, ...rest];
  document.set(`${OPTION} ${setting}`, path, valueOf(text, fail));
  // A fixed value and a sweep over it contradict each other: what is given for this time counts.
  document.remove(['sweep', key]);
}

function valueOf(text: string, fail: (message: string) => never): unknown {
  try {
    return parse(text) as unknown;
  } catch (error) {
    return fail(`the value is not valid YAML: ${(error as Error).message.split('\n')[0]}`);
  }
}

/** The sweep of `run --sources`: both kinds of noise, and each alone. Throws InvalidInputError where there is one kind only. */
export function sweepNoiseSources(document: ExperimentDocument): void {
  const model = (document.toJS() as { model?: Readonly<Record<string, unknown>> } | null)?.model;
  if (model && typeof model === 'object' && !('synapticNoise' in model)) {
    throw new InvalidInputError('--sources: found no synapticNoise in the model, expected both kinds of noise');
  }
  document.set('--sources', ['sweep', NOISE_SOURCE], [...noiseSources]);
  document.remove(['model', 'noiseSource']);
}
