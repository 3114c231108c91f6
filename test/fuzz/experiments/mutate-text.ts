// Mutations of the text of an experiment file.
import type { Choices } from '../random.js';

const TOKENS = [
  ...['&a ', '*a', '<<: *a\n', '!!js/function ', '!!binary ', '!!set ', '\t', '---\n', '...\n', '{', '}', '[', ']'],
  ...[': ', '? ', '| ', '> ', '"', "'", '#', '%TAG ! x\n', '\ufeff', '\u0000', '\u001b[2J', '\u2028', '\r', '- '],
  ...['model:\n', '__proto__: {}\n', '.nan', '.inf', '0x10', '1_000', '1e999', '~', '@', '`', '\ud800', 'yes', '00'],
];

type Mutation = (text: string, choices: Choices) => string;

const at = (text: string, choices: Choices): number => choices.whole(text.length + 1);

const onLines =
  (change: (lines: string[], choices: Choices) => void): Mutation =>
  (text, choices) => {
    const lines = text.split('\n');
    change(lines, choices);
    return lines.join('\n');
  };

const mutations: readonly Mutation[] = [
  (text, choices) => {
    const place = at(text, choices);
    return text.slice(0, place) + choices.pick(TOKENS) + text.slice(place);
  },
  (text, choices) => {
    const place = at(text, choices);
    return text.slice(0, place) + String.fromCharCode(choices.whole(128)) + text.slice(place + 1);
  },
  (text, choices) => {
    const place = at(text, choices);
    return text.slice(0, place) + text.slice(place + choices.whole(20));
  },
  (text, choices) => text.slice(0, at(text, choices)),
  (text) => text.replaceAll('\n', '\r\n'),
  (text, choices) => `${text}\n${text.slice(at(text, choices))}`,
  onLines((lines, choices) => {
    const [from, to] = [choices.whole(lines.length), choices.whole(lines.length)];
    lines.splice(to, 0, lines[from]);
  }),
  onLines((lines, choices) => {
    const place = choices.whole(lines.length);
    lines[place] = ' '.repeat(1 + choices.whole(3)) + lines[place];
  }),
  onLines((lines, choices) => {
    lines.splice(choices.whole(lines.length), 1 + choices.whole(2));
  }),
];

export function mutateText(text: string, choices: Choices): string {
  let changed = text;
  for (let left = 1 + choices.whole(2); left > 0; left--) changed = choices.pick(mutations)(changed, choices);
  return changed;
}
