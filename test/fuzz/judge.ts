// What every command owes its user, whatever it is given.
import { LIMITS, type Outcome } from './host.js';

/** Letters of one message. */
const MAX_MESSAGE = 2000;
const STACK = /^ +at .+[:(]/m;
/** Control characters of Unicode, but tabs and line breaks: what a terminal might obey. */
const CONTROL = /[^\P{Cc}\t\n]/u;

/** What is wrong with how a command ended; nothing where it did what it should. A refusal is one line, besides `notes`. */
export function complaintsOf({ code, thrown, stdout, stderr, seconds, bytes }: Outcome, notes = /^$/): string[] {
  const found: string[] = [];
  if (thrown !== null) found.push(`threw: ${thrown.slice(0, 600)}`);
  else if (code !== 0 && code !== 2) found.push(`ended with ${String(code)}`);
  if (seconds > LIMITS.seconds) found.push(`took ${seconds.toFixed(1)} s`);
  if (bytes > LIMITS.bytes) found.push(`took ${Math.round(bytes / 2 ** 20)} MB`);
  if (STACK.test(stdout + stderr)) found.push(`printed a stack trace: ${stderr.slice(0, 600)}`);
  if (CONTROL.test(stderr)) found.push(`printed control characters: ${JSON.stringify(stderr.slice(0, 300))}`);
  if (code === 2) found.push(...complaintsOfRefusal(stdout, stderr, notes));
  return found;
}

function complaintsOfRefusal(stdout: string, stderr: string, notes: RegExp): string[] {
  const found: string[] = [];
  const lines = stderr.split('\n').filter((line) => line !== '' && !notes.test(line));
  if (lines.length !== 1) found.push(`said ${lines.length} lines: ${JSON.stringify(stderr.slice(0, 600))}`);
  if (stderr.length > MAX_MESSAGE) found.push(`said ${stderr.length} characters: ${stderr.slice(0, 200)}`);
  if (stdout !== '') found.push(`refused, but wrote to standard output: ${JSON.stringify(stdout.slice(0, 100))}`);
  return found;
}
