import type { FigureOptions } from './options.js';

/** The title of panel k, with its letter where panels have letters: `b  simulation`. */
export function lettered(title: string | undefined, k: number, { letters = false }: FigureOptions): string | undefined {
  if (!letters) return title;
  const letter = String.fromCharCode('a'.charCodeAt(0) + k);
  return title === undefined ? letter : `${letter}\u2002${title}`;
}
