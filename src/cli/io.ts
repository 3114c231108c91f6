import { message, printable } from './printable.js';

/** Where text is written to. */
interface TextOutput {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number | undefined;
}

/** A stream that text is written to: standard error of the process, or what a test collects. */
type OutputStream = TextOutput & NodeJS.WritableStream;

/** Where the signals of the system arrive: the process itself, or an event emitter in a test. */
export interface Signals {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  off(signal: NodeJS.Signals, listener: () => void): unknown;
}

/** All that a command knows of the process it runs in. Paths are relative to the working directory of the process. */
export interface Io {
  /** The result alone, so that it can be piped. */
  readonly stdout: TextOutput;
  /** Everything else: progress, notes, error messages. */
  readonly stderr: OutputStream;
  readonly env: Readonly<Partial<Record<string, string>>>;
  readonly signals: Signals;
}

/** Writes a message to standard error, as one line. */
export const note = ({ stderr }: Io, line: string): void => {
  stderr.write(`${message(line)}\n`);
};

/** The same process, with a standard output that makes text from files safe for a terminal; `note` does that for messages. */
export function withPrintableOutput(io: Io): Io {
  const { stdout } = io;
  const { isTTY = false, columns } = stdout;
  return { ...io, stdout: { isTTY, columns, write: (text) => stdout.write(printable(text)) } };
}

/** Characters in a line of a terminal; unlimited where text goes into a file or a pipe. */
export const lineWidth = ({ isTTY = false, columns = 80 }: TextOutput): number => (isTTY ? columns : Infinity);
