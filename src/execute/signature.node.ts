import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Environment } from './cluster/command.node.js';

/** Where the key of this user is kept, by which a run directory shows that this user wrote its commands; null without a home. */
function keyFile({ XDG_STATE_HOME, HOME }: Environment): string | null {
  if (XDG_STATE_HOME) return join(XDG_STATE_HOME, 'meander', 'key');
  return HOME ? join(HOME, '.local', 'state', 'meander', 'key') : null;
}

/** The key of this user; made when asked for. null where there is none and none can be kept. */
async function keyOf(env: Environment, make: boolean): Promise<string | null> {
  const path = keyFile(env);
  if (path === null) return null;
  const read = (): Promise<string | null> => readFile(path, 'utf8').catch(() => null);
  const known = await read();
  if (known !== null || !make) return known;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    // Another process may make it at the same time: the first one wins.
    await writeFile(path, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 });
  } catch {
    return read();
  }
  return read();
}

const hmac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('hex');

/** A signature that only processes of this user can make; undefined where no key can be kept. */
export async function sign(text: string, env: Environment): Promise<string | undefined> {
  const key = await keyOf(env, true);
  return key === null ? undefined : hmac(key, text);
}

/** Whether this user signed the text. */
export async function isSigned(text: string, signature: string | undefined, env: Environment): Promise<boolean> {
  const key = signature === undefined ? null : await keyOf(env, false);
  if (key === null || signature === undefined) return false;
  const expected = Buffer.from(hmac(key, text));
  const found = Buffer.from(signature);
  return expected.length === found.length && timingSafeEqual(expected, found);
}
