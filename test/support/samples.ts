/** A fenced block of a Markdown page. */
export interface Sample {
  readonly language: string;
  /** NAME in the info string `yaml [NAME]`: the file that the reader is told to write. */
  readonly file: string | undefined;
  /** Line of the page where the block begins, from 1. */
  readonly line: number;
  readonly text: string;
  /** Whether a comment before the block says that it is the output of the last command, or part of it. */
  readonly output: 'whole' | 'part' | undefined;
}

const FENCE = /(?:<!-- (part of the )?(output) of the last command -->\n+)?^```(\w+)(?: \[([^\]]+)\])?\n([^]*?)^```$/gm;

/** The fenced blocks of a page, in order. */
export function samplesOf(page: string): Sample[] {
  return Array.from(page.matchAll(FENCE), (match) => {
    const [, part, output, language, file, text] = match as unknown as (string | undefined)[];
    const line = page.slice(0, match.index).split('\n').length;
    return {
      language: language ?? '',
      file,
      line,
      text: text ?? '',
      output: output === undefined ? undefined : part === undefined ? 'whole' : 'part',
    };
  });
}

/** The commands of a shell sample, without comments; blanks separate words. */
export const commandsOf = ({ text }: Sample): string[][] =>
  text
    .replace(/#.*/g, '')
    .split(/\n|;|&&/)
    .map((command) => command.trim())
    .filter((command) => command !== '')
    .map((command) => command.split(/\s+/));
