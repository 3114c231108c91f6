/** Quotes a word for a shell. A word that needs no quotes gets none, so that it may already be inside quotes. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]*$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** The path of a file or directory as a word of a suggested command: one that begins with a hyphen is no option. */
export const shellPath = (path: string): string => shellWord(path.startsWith('-') ? `./${path}` : path);
