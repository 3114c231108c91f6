/** A stream that text is written to: standard output or standard error of the process, or what a test collects. */
export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** Where the signals of the system arrive: the process itself, or an event emitter in a test. */
export interface Signals {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  off(signal: NodeJS.Signals, listener: () => void): unknown;
}

/** All that a command knows of the process it runs in. Paths are relative to the working directory of the process. */
export interface Io {
  /** The result alone, so that it can be piped. */
  readonly stdout: Output;
  /** Everything else: progress, notes, error messages. */
  readonly stderr: Output;
  readonly env: Readonly<Partial<Record<string, string>>>;
  readonly signals: Signals;
}

/** Writes one line to standard error. */
export const note = ({ stderr }: Io, line: string): void => {
  stderr.write(`${line}\n`);
};
