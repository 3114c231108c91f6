/** A syntax error of the YAML parser. */
interface SyntaxFault {
  readonly code: string;
  readonly message: string;
  /** Where it was found, and the end of that. */
  readonly pos: readonly [number, number];
}

/** Plain words for the most common syntax errors, by their code or message. */
const plainMessages: Partial<Record<string, string>> = {
  MULTIPLE_DOCS: 'a second document begins here, expected one document in a file',
  TAB_AS_INDENT: 'found a tab as indentation, expected spaces',
  'All mapping items must start at the same column':
    'the keys of one section must begin at the same column; indent this one as those above it',
  'Nested mappings are not allowed in compact mappings':
    'the next line is indented further than this one, but the keys of one section begin at the same column (and a text with a colon needs quotes)',
};

/** What is wrong with a text, in the words of its writer. */
export function syntaxMessage({ code, message, pos: [offset] }: SyntaxFault, text: string): string {
  const known = plainMessages[code] ?? plainMessages[message];
  if (known !== undefined) return known;
  if (code === 'MULTILINE_IMPLICIT_KEY' || message === 'Implicit map keys need to be followed by map values') {
    return withoutValue(text.slice(offset).split('\n', 1)[0].trim());
  }
  if (/ end with a [\]}]$/.test(message)) return unclosed(text.slice(0, offset)) ?? message;
  return message;
}

/** A line that has no `KEY: VALUE`. */
function withoutValue(line: string): string {
  const found = /^([\w.-]+):(\S.*)$/.exec(line);
  if (found === null) return `expected a key and its value, such as ${line.replace(/[:\s].*/, '') || 'name'}: VALUE`;
  const [, key, value] = found;
  return `found ${key}:${value}, expected a blank after the colon: ${key}: ${value}`;
}

const CLOSED: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/** The innermost bracket that is open at the end of a text; undefined without any. */
function unclosed(text: string): string | undefined {
  const open: { readonly bracket: string; readonly line: number }[] = [];
  let line = 1;
  // Quoted texts and comments hold no brackets.
  for (const [part] of text.matchAll(/"(?:\\[^]|[^"\\])*"|'[^']*'|(?<=^|\s)#.*|[^]/g)) {
    if (part in CLOSED) open.push({ bracket: part, line });
    else if (part === '}' || part === ']') open.pop();
    line += part.split('\n').length - 1;
  }
  const last = open.at(-1);
  return (
    last && `the ${last.bracket} of line ${last.line} is not closed, expected a ${CLOSED[last.bracket]} before this`
  );
}
