import { modelParameters, parameters, simulationParameters } from '#experiment/plain';

const words = new Map<string, string>(
  [...modelParameters, ...simulationParameters].map((key) => [key, parameters[key].name]),
);

/**
 * A message about an experiment in the words of the page, whose fields have names where an experiment file has keys:
 * `model.learningRate: learningRate 2 is too large` becomes `The learning rate 2 is too large`.
 */
export function inWordsOfPage(message: string): string {
  const named = message
    .replace(/^(?:model|simulation)\.(\w+): (?=\1\b)/, (prefix, key: string) => (words.has(key) ? 'The ' : prefix))
    .replace(/^(?:model|simulation)\.(?=(\w+): )/, (prefix, key: string) => (words.has(key) ? '' : prefix))
    .replace(/(?<![\w.])\w+\b(?!\.)/g, (word) => words.get(word) ?? word);
  return named === message ? message : named.charAt(0).toUpperCase() + named.slice(1);
}
