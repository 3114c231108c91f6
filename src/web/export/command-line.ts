import type { PlainExperiment } from '../prediction/messages.js';

/** Where the page has the data files of its presets; their names in the experiment file end with these. */
type Downloads = Readonly<Record<string, string>>;

interface CommandParts {
  /** The experiment and its file. */
  readonly experiment: PlainExperiment;
  readonly text: string;
  /** The name of that file. */
  readonly file: string;
  /** What runs Meander on the machine of the user. */
  readonly program: string;
  readonly downloads: Downloads;
}

/** What runs Meander where the page was served by `meander serve` on this machine, else its published package. */
export const programOf = (page: ParentNode, version: string): string =>
  page.querySelector<HTMLMetaElement>('meta[name=meander-command]')?.content ?? `npx --yes meander-drift@${version}`;

/**
 * Shell commands for any directory: they fetch the data of the page, write the experiment file, which says what other data it
 * needs, and run it.
 */
export function commandLine({ experiment, text, file, program, downloads }: CommandParts): string {
  const named = filesNamedIn(experiment);
  const ofPage = Object.entries(downloads).filter(([name]) => named.some((path) => path.endsWith(`/${name}`)));
  const own = named.filter((path) => !ofPage.some(([name]) => path.endsWith(`/${name}`)));
  const beside = ofPage.reduce((yaml, [name]) => {
    const path = named.find((each) => each.endsWith(`/${name}`)) ?? name;
    return yaml.replaceAll(JSON.stringify(path), JSON.stringify(name));
  }, text);
  return [
    ...ofPage.map(([name, url]) => `curl -fsSLo ${quoted(name)} ${quoted(url)}`),
    `cat > ${quoted(file)} <<'END'`,
    ...own.map((path) => `# Needs ${path}, a file of yours: put it there, seen from the directory of this file.`),
    `${beside}END`,
    `${program} run ${quoted(file)}`,
    '',
  ].join('\n');
}

/** The data files that an experiment names, in its order. */
export function filesNamedIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const found = Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    key === 'file' && typeof inner === 'string' ? [inner] : filesNamedIn(inner),
  );
  return [...new Set(found)];
}

/** A word of a shell command. */
const quoted = (word: string): string => (/^[\w./@:-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
