// Lets files that are dropped anywhere on the page be runs, without a tie between what shows runs and what takes drops.
import type { UserFile } from './dropped-files.js';

/** Takes files that are runs, and says whether they were. */
type Taker = (files: readonly UserFile[]) => Promise<boolean>;
let taker: Taker = () => Promise.resolve(false);

export function setTaker(take: Taker): void {
  taker = take;
}

/** Opens files as runs; whether they were any. Only directories and archives can be. */
export const takeRuns: Taker = (files) =>
  files.some(({ path }) => /\/|\.zip$/i.test(path)) ? taker(files) : Promise.resolve(false);
