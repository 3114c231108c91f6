// Mutations of the bytes of a data file.
import type { Choices } from '../random.js';

type Bytes = Uint8Array<ArrayBuffer>;
type Mutation = (bytes: Bytes, choices: Choices) => Bytes;

const joined = (...parts: readonly Uint8Array[]): Bytes => Uint8Array.from(parts.flatMap((part) => [...part]));

const place = (bytes: Bytes, choices: Choices): number =>
  // The header more often than the numbers.
  choices.whole(choices.chance(0.7) ? Math.min(bytes.length + 1, 90) : bytes.length + 1);

const replaceText =
  (pairs: readonly (readonly [RegExp, readonly string[]])[]): Mutation =>
  (bytes, choices) => {
    const [pattern, others] = choices.pick(pairs);
    const text = Buffer.from(bytes).toString('latin1');
    const found = [...text.matchAll(pattern)];
    if (found.length === 0) return bytes;
    const { index, 0: old } = choices.pick(found);
    const other = choices.pick(others);
    return Uint8Array.from(Buffer.from(text.slice(0, index) + other + text.slice(index + old.length), 'latin1'));
  };

const anywhere: readonly Mutation[] = [
  (bytes, choices) => {
    const changed = Uint8Array.from(bytes);
    changed[place(bytes, choices) % bytes.length] ^= 1 << choices.whole(8);
    return changed;
  },
  (bytes, choices) => {
    const changed = Uint8Array.from(bytes);
    changed[place(bytes, choices) % bytes.length] = choices.whole(256);
    return changed;
  },
  (bytes, choices) => bytes.slice(0, place(bytes, choices)),
  (bytes, choices) => {
    const at = place(bytes, choices);
    return joined(bytes.slice(0, at), bytes.slice(at + 1 + choices.whole(9)));
  },
  (bytes, choices) => {
    const at = place(bytes, choices);
    return joined(
      bytes.slice(0, at),
      Uint8Array.from({ length: 1 + choices.whole(9) }, () => choices.whole(256)),
      bytes.slice(at),
    );
  },
  (bytes) => joined(bytes, bytes),
];

const ofNpy = replaceText([
  [
    /\d+, \d+/g,
    ['4294967296, 4294967296', '-2, -3', '2.5, 3', '0, 0', '3', '1e3, 3', '1, 2, 3', '', '2, , 3', '0x2, 3'],
  ],
  [/'descr'|'shape'|'fortran_order'/g, ["'shape'", "'descr'", "'other'", 'shape', '"shape"']],
  [/True|False/g, ['true', '1', "'False'", 'None', '']],
  [
    /'[<>|]\w\d'/g,
    ["'<f2'", "'<f16'", "'<c16'", "'|O'", "'<U4'", "'<m8'", "'|b1'", '[("a", "<f8")]', "'=f8'", "'f8'", "'<f0'"],
  ],
  [/[{}(),:]/g, ['', '{', '}', '(', ')', ',', ',,', '\u0000']],
]);

const ofCsv = replaceText([
  [
    /-?\d+(\.\d+)?/g,
    ['nan', 'inf', '', '1e999', '0x10', '1e400', '1_000', '--1', '1,5', '"1', '"1"', '1e-400', '+', 'x', '-0'],
  ],
  [/[,;\t]/g, ['', ',,', ';', '\t', '|', '"', '\u0000']],
  [/\r?\n/g, ['', '\n\n', '\r', ',\n', '\u2028', '#\n']],
]);

export function mutateData(bytes: Bytes, format: 'npy' | 'csv', choices: Choices): Bytes {
  const own = format === 'npy' ? ofNpy : ofCsv;
  let changed = bytes;
  for (let left = 1 + choices.whole(2); left > 0 && changed.length > 0; left--) {
    changed = (choices.chance(0.5) ? own : choices.pick(anywhere))(changed, choices);
  }
  return changed;
}
