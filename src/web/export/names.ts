/** The name of a downloaded file, without its ending: experiment, seed, and what it shows. */
export function fileName(experiment: string, seed: number, what?: string): string {
  const slug = experiment
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60);
  return [slug === '' ? 'experiment' : slug, `seed${seed}`, ...(what === undefined ? [] : [what])].join('-');
}

/** Where a download comes from. */
export interface Provenance {
  /** The name of a file that shows this of the experiment, without its ending. */
  readonly nameOf: (what: string) => string;
  readonly software: string;
  readonly link: string;
  /** The experiment file that repeats the numbers. */
  readonly experiment: string;
}
