import { readFileSync } from 'node:fs';

/** The directory of the package: above src/ and dist/, which are equally deep. */
export const packageRoot = new URL('../../', import.meta.url);

/** Version of the package. */
export const { version } = JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')) as {
  readonly version: string;
};
