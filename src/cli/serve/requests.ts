import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { HttpError } from './http-error.js';

/** Where the server listens: the host that it was given, and the address that this became. */
interface Bound {
  readonly host: string;
  readonly address: string;
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/i;
const WILDCARD = /^(0\.0\.0\.0|::)$/;

export const isLocal = (host: string): boolean => LOOPBACK.test(host);

/** The decoded path of a request. Throws HttpError when the address is not well formed. */
export function pathOf({ url = '/' }: IncomingMessage): string {
  try {
    return decodeURIComponent(url.replace(/[?#].*$/s, ''));
  } catch {
    throw new HttpError(400, 'the address is not well formed');
  }
}

/**
 * Throws HttpError for a request of another site in a browser, which might read or probe what lies here. Only a link to a
 * page of the lab may be followed from elsewhere.
 */
export function assertOwnSite(headers: IncomingHttpHeaders, isPage: boolean): void {
  const site = headers['sec-fetch-site'] ?? 'none';
  const follows = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  const isOwn = site === 'same-origin' || site === 'none' || (isPage && follows);
  const { origin } = headers;
  if (isOwn && (origin === undefined || origin.replace(/^https?:\/\//, '') === headers.host)) return;
  throw new HttpError(403, 'requests of other sites are not answered');
}

/**
 * Throws HttpError unless the request names the server as it was bound, so that no site in a browser can point its own name here.
 * Bound to every address of the machine, it answers to any address: only a name can be pointed elsewhere.
 */
export function assertOwnName(named: string | undefined, { host, address }: Bound): void {
  const name = (named ?? '')
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
  if (isLocal(host)) {
    if (LOOPBACK.test(name)) return;
    throw new HttpError(403, 'this server answers to localhost only');
  }
  const own = hostname().toLowerCase();
  const isBound = WILDCARD.test(address)
    ? isIP(name) !== 0 || [host.toLowerCase(), 'localhost', own, `${own}.local`].includes(name)
    : [host.toLowerCase(), address].includes(name);
  if (!isBound) throw new HttpError(403, `this server answers to ${host} only`);
}
