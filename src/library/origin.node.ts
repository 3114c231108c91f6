import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The directory of the package: above src/ and dist/, which are equally deep. */
const packageRoot = new URL('../../', import.meta.url);

const { version } = JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')) as {
  readonly version: string;
};

/** What made a result: part of every manifest. */
export const origin = () => ({ meander: version, commit: commit(), node: process.version });

/** The commit that is checked out where Meander runs from its repository, marked when files differ from it; else null. */
function commit(): string | null {
  if (!existsSync(new URL('.git', packageRoot))) return null;
  try {
    const args = ['describe', '--always', '--dirty', '--abbrev=12', '--exclude=*'];
    const cwd = fileURLToPath(packageRoot);
    return execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}
