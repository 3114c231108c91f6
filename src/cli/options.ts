// What a command can declare: arguments, options and the kinds of values that these take.
import { InvalidInputError } from '#core';

/** A positional argument, `<key>` in the help, or `[key]` where it may be left out. */
export interface Argument<Present extends boolean = boolean> {
  readonly description: string;
  readonly required: Present;
  /** Whether it takes all words that are left, `<key...>`; the command then gets them as a list. */
  readonly isRepeatable?: boolean;
}

/** An option, `--key` on the command line with the words of the key separated by hyphens. */
export interface Option<T = unknown, Present extends boolean = boolean> {
  readonly description: string;
  /** What follows the option in the help, such as `<file>`; a flag has none. */
  readonly placeholder?: string;
  /** How the value is read; without it, it is text. */
  readonly kind?: ValueKind<T>;
  readonly fallback?: T;
  /** Whether it may be given several times, one value each; the command then gets them as a list. */
  readonly isRepeatable?: boolean;
  /** The key under which the option was known before; accepted, but not in the help. */
  readonly formerKey?: string;
  /** Whether the command always gets a value: the user must give one, or there is a fallback. */
  readonly present: Present;
}

/** A kind of value: how its text is read, and what to say of a text that is none. */
export interface ValueKind<T> {
  /** What would be accepted: "a whole number of at least 1". */
  readonly expected: string;
  /** The value; undefined where the text is none. */
  readonly parse: (text: string) => T | undefined;
}

/** `--x-label` for the key xLabel. */
export const optionName = (key: string): string => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Reads the value of an option. Throws InvalidInputError, which names the option, the text and what would be accepted. */
export function parseValue<T>(option: string, text: string, { expected, parse }: ValueKind<T>): T {
  const value = parse(text);
  if (value !== undefined) return value;
  throw new InvalidInputError(`${option} ${text}: expected ${expected}`);
}

export const argument = (description: string): Argument<true> => ({ description, required: true });
export const optionalArgument = (description: string): Argument<false> => ({ description, required: false });

/** One or more words. */
export const severalArguments = (description: string): Argument<true> & { readonly isRepeatable: true } => ({
  description,
  required: true,
  isRepeatable: true,
});

/** True where it is given. */
export const flag = (description: string): Option<true, false> => ({ description, present: false });

export const text = (placeholder: string, description: string): Option<string, false> => ({
  placeholder,
  description,
  present: false,
});

/** One or more texts. */
export const texts = (name: string, description: string): Option<readonly string[], false> => ({
  placeholder: `<${name}...>`,
  description,
  present: false,
});

/** A text each time that it is given. */
const repeatable = (placeholder: string, description: string): Option<readonly string[], false> => ({
  placeholder,
  description,
  isRepeatable: true,
  present: false,
});

export const value = <T>(placeholder: string, kind: ValueKind<T>, description: string): Option<T, false> => ({
  placeholder,
  kind,
  description,
  present: false,
});

/** An option that must be given. */
export const required = <T>(option: Option<T, false>): Option<T, true> => ({ ...option, present: true });

/** An option that also accepts the name it had before, so that scripts with it keep working. */
export const formerly = <T, Present extends boolean>(
  formerKey: string,
  option: Option<T, Present>,
): Option<T, Present> => ({ ...option, formerKey });

/** An option that has this value where it is not given; the help says so. */
export const withDefault = <T>(fallback: T, option: Option<T, false>): Option<T, true> => ({
  ...option,
  fallback,
  present: true,
});

const numberOf = (text: string): number => (text.trim() === '' ? NaN : Number(text));

export const wholeNumber = (from = -Infinity, to = Infinity): ValueKind<number> => ({
  expected: `a whole number${rangeText(from, to)}`,
  parse: (text) => {
    const number = numberOf(text);
    return Number.isInteger(number) && number >= from && number <= to ? number : undefined;
  },
});

function rangeText(from: number, to: number): string {
  if (to < Infinity) return ` from ${from} to ${to}`;
  return from > -Infinity ? ` of at least ${from}` : '';
}

/** Of at least 1. */
export const count = wholeNumber(1);

/** Above 0. */
export const positive = (most: number): ValueKind<number> => ({
  expected: `a number above 0, at most ${most}`,
  parse: (text) => {
    const number = numberOf(text);
    return number > 0 && number <= most ? number : undefined;
  },
});

export const seconds = (from: number, to: number): ValueKind<number> => ({
  expected: `seconds from ${from} to ${to}`,
  parse: (text) => {
    const number = numberOf(text);
    return number >= from && number <= to ? number : undefined;
  },
});

/** Steps separated by commas. */
export const stepList: ValueKind<readonly number[]> = {
  expected: 'steps from 0 on, separated by commas, such as 1e6,1e7,1e8',
  parse: (text) => {
    const steps = text.split(',').map(numberOf);
    return steps.every((step) => Number.isFinite(step) && step >= 0) ? steps : undefined;
  },
};

export const choice = <const T extends string>(...names: readonly T[]): ValueKind<T> => ({
  expected: `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`,
  parse: (text) => names.find((name) => name === text),
});

/** The order in the learning rate of a prediction. */
export const order = choice('automatic', 'leading', 'next');

/** Changes of the experiment file for this time, in the order in which they are given. */
export const settings = repeatable(
  '<key=value>',
  'set a key of the experiment for this time, such as model.weightDecay=0.2; may be repeated',
);

/** Consent to code of a run directory. */
export const allowRule = flag('run the code of its rule file (rule.mjs), though this user has not run it before');

export const workers = (description: string): Option<number, false> =>
  value('<count>', wholeNumber(1, 1024), description);
