import { CancelledError, InvalidInputError } from '#core';
import { Command, CommanderError, Option as CommanderOption } from 'commander';
import type { CliCommand } from './command.js';
import { commands } from './commands/index.js';
import { note, withPrintableOutput, type Io } from './io.js';
import { optionName, parseValue, type Option } from './options.js';
import { printable } from './printable.js';
import { version } from './version.js';

/** A command that returns another code says what it means: 1 where a verdict failed. */
const DONE = 0;
export const WRONG_INPUT = 2;
const INTERRUPTED = 130;

/**
 * The whole command line: runs the command that the arguments name and returns its exit code. Throws what is a defect of
 * Meander, which the process then reports with its stack.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await runCommand(argv, withPrintableOutput(io));
  } catch (error) {
    // Commander has written its message already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : WRONG_INPUT;
    if (error instanceof InvalidInputError || error instanceof CancelledError) {
      note(io, error.message);
      return error instanceof InvalidInputError ? WRONG_INPUT : INTERRUPTED;
    }
    throw error;
  }
}

async function runCommand(argv: readonly string[], io: Io): Promise<number> {
  let code = DONE;
  const program = new Command('meander')
    .description('A laboratory for representational drift: simulate, predict, compare.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(printable(text)),
      getOutHelpWidth: () => widthOf(io.stdout),
      getErrHelpWidth: () => widthOf(io.stderr),
    })
    .showHelpAfterError('(meander --help lists the commands)');
  for (const declared of commands) {
    const made = declare(program, declared);
    made.action(async () => {
      const words = Object.entries(declared.arguments ?? {}).slice(0, made.args.length);
      const given = Object.fromEntries(
        words.map(([key, { isRepeatable }], k) => [key, isRepeatable ? made.args.slice(k) : made.args[k]]),
      );
      // An option before the name of a subcommand, as in `bench --json theory`, is read by the command above it.
      code = await declared.run({ ...given, ...made.optsWithGlobals() }, io);
    });
  }
  await program.parseAsync(argv, { from: 'user' });
  return code;
}

const DEFAULT_WIDTH = 80;

const widthOf = ({ isTTY = false, columns = DEFAULT_WIDTH }: Io['stdout']): number => (isTTY ? columns : DEFAULT_WIDTH);

/** Adds a command to the one that its name says it is below. */
function declare(program: Command, { name, description, hidden = false, ...declared }: CliCommand): Command {
  const words = name.split(' ');
  const own = words.pop() ?? name;
  const parent = words.reduce((above, word) => above.commands.find((other) => other.name() === word) ?? above, program);
  const made = parent.command(own, { hidden }).description(description);
  for (const [key, argument] of Object.entries(declared.arguments ?? {})) {
    const word = argument.isRepeatable ? `${key}...` : key;
    made.argument(argument.required ? `<${word}>` : `[${word}]`, argument.description);
  }
  for (const [key, option] of Object.entries(declared.options ?? {})) {
    made.addOption(optionOf(key, option));
    if (option.formerKey !== undefined) made.addOption(formerOptionOf(key, option.formerKey, option));
  }
  return made;
}

/** The former name of an option: sets the same value, and stays out of the help. */
function formerOptionOf(key: string, formerKey: string, option: Option): CommanderOption {
  const made = optionOf(formerKey, { ...option, fallback: undefined, present: false }).hideHelp();
  made.attributeName = () => key;
  return made;
}

function optionOf(
  key: string,
  { placeholder, description, kind, isRepeatable, fallback, present }: Option,
): CommanderOption {
  const name = optionName(key);
  const made = new CommanderOption(placeholder === undefined ? name : `${name} ${placeholder}`, description);
  // No negation of an option: the key has the word too.
  made.negate = false;
  if (kind) made.argParser((text) => parseValue(name, text, kind));
  if (isRepeatable) made.argParser((text, before: readonly string[] | undefined) => [...(before ?? []), text]);
  if (fallback !== undefined) made.default(fallback);
  return made.makeOptionMandatory(present && fallback === undefined);
}
