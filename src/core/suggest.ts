const MIN_SHARED_LETTERS = 4;

/**
 * The known word that was probably meant: the same letters in other case or with other separators, a part of the word or
 * the word with a part added, or a third of its letters mistyped. Undefined when nothing is close.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const asked = letters(word);
  const candidates = known.map((name) => ({ name, distance: distance(asked, letters(name)) }));
  const best = candidates.reduce<(typeof candidates)[number] | undefined>(
    (least, next) => (least === undefined || next.distance < least.distance ? next : least),
    undefined,
  );
  if (best && best.distance <= Math.floor(asked.length / 3)) return best.name;
  if (asked.length < MIN_SHARED_LETTERS) return undefined;
  return known.find((name) => letters(name).includes(asked) || asked.includes(letters(name)));
}

const letters = (word: string): string => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Fewest insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let above = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const current = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = above[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1);
      current[j] = Math.min(replaced, above[j] + 1, current[j - 1] + 1);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) current[j] = Math.min(current[j], before[j - 2] + 1);
    }
    before = above;
    above = current;
  }
  return above[to.length];
}
