import type { Io } from './io.js';
import type { Argument, Option } from './options.js';

export type Arguments = Readonly<Record<string, Argument>>;
export type Options = Readonly<Record<string, Option>>;

/** What a command gets: its arguments and options by their keys; those that were not given are absent. */
type Input<A extends Arguments, O extends Options> = {
  readonly [K in keyof A as A[K]['required'] extends true ? K : never]: A[K] extends { readonly isRepeatable: true }
    ? readonly string[]
    : string;
} & {
  readonly [K in keyof A as A[K]['required'] extends true ? never : K]?: string;
} & {
  readonly [K in keyof O as O[K]['present'] extends true ? K : never]: ValueOf<O[K]>;
} & {
  readonly [K in keyof O as O[K]['present'] extends true ? never : K]?: ValueOf<O[K]>;
};

type ValueOf<O extends Option> = O extends Option<infer T> ? T : never;

/** Runs a command; resolves with its exit code where that is not 0. */
type Run<I> = (input: I, io: Io) => Promise<void> | Promise<number>;

interface Declaration<A extends Arguments, O extends Options> {
  /** The words of the command line; "bench theory" is a command below "bench", which is declared before it. */
  readonly name: string;
  readonly description: string;
  /** Left out of the help: called by programs, not by people. */
  readonly hidden?: boolean;
  readonly arguments?: A;
  readonly options?: O;
  /** Loads the code of the command. Only this import may reach it, so that --help and other commands do not pay for it. */
  readonly run: () => Promise<Run<Input<A, O>>>;
}

/** A command whose types have been checked against those of its code. */
export interface CliCommand extends Omit<Declaration<Arguments, Options>, 'run'> {
  readonly run: (input: object, io: Io) => Promise<number>;
}

/** Declares a command. */
export function command<A extends Arguments, O extends Options>(declaration: Declaration<A, O>): CliCommand {
  return {
    ...declaration,
    async run(input, io) {
      const run = await declaration.run();
      return (await run(input as Input<A, O>, io)) ?? 0;
    },
  };
}
