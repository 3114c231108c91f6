import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the native kernel of the tests is built. */
export const nativeCache = join(tmpdir(), 'meander-tests-cache');
