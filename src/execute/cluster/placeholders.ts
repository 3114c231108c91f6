const PLACEHOLDER = /\{(\w+)\}/g;

/** The names in {braces} in a command of a site profile. */
export const placeholdersIn = (command: string): string[] => [...command.matchAll(PLACEHOLDER)].map(([, name]) => name);

/** A command with its placeholders filled in. */
export const fillPlaceholders = (command: string, values: Readonly<Record<string, string>>): string =>
  command.replace(PLACEHOLDER, (_, name: string) => values[name]);
