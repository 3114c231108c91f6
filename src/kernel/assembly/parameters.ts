// Set by the loader (src/kernel/instance.ts) before the first call and constant afterwards, except `age` and `scale`.
// A vector is 16 bytes: two f64 lanes or four f32 lanes, one replica in each. Addresses are byte offsets in memory.

/** n. */
export let inputs: i32 = 0;
/** m. */
export let outputs: i32 = 0;
/** Rows of Theta, rounded up to an even number; the added row stays zero. */
export let units: i32 = 0;
/** B. */
export let batch: i32 = 0;
/** Number of tiles: sets of four (f64) or eight (f32) replicas that are advanced together. */
export let tiles: i32 = 0;
/** Steps whose noise is drawn at once. */
export let blockSteps: i32 = 0;

/** (eta / B) / (1 - eta gamma). */
export let rate: f64 = 0;
/** 1 - eta gamma. */
export let decay: f64 = 1;
/** Theta = scale * stored Theta; multiplied into the stored Theta every `period` steps. */
export let scale: f64 = 1;
export let period: i32 = 0;
/** Steps since that was last done. */
export let age: i32 = 0;

/** Gaussian parts; they are the first entries of the input distribution. */
export let gaussians: i32 = 0;
/** Gaussian parts and stimuli. */
export let entries: i32 = 0;
/** Form of all factors: 0 diagonal (`factors` holds n numbers for each part), 1 lower triangular, 2 dense (n x n). */
export let form: i32 = 0;
/** 1 if the target is not the identity. */
export let mapped: i32 = 0;
/** 1 if there is label noise. */
export let noisy: i32 = 0;
// Numbers of the precision in use.

/**
 * Factors of the n normals of an input and the m of the label noise. Those of the input are the diagonal factor where
 * that is the only entry, else 1.
 */
export let deviations: usize = 0;
export let factors: usize = 0;
export let stimuli: usize = 0;
export let target: usize = 0;
/** The alias table: f64 thresholds, i32 aliases. */
export let thresholds: usize = 0;
export let aliases: usize = 0;

/** Words of the streams of each replica: `normal` as vectors over pairs of replicas, the others four words in a row. */
export let normalStreams: usize = 0;
export let retryStreams: usize = 0;
export let selectStreams: usize = 0;
/** State of each lane group, see learn.ts, and its size in bytes. */
export let groups: usize = 0;
export let groupSize: usize = 0;

/** Records [x | e] of a block, one lane group after the other, see learn.ts; size of one lane group's in bytes. */
export let records: usize = 0;
export let recordsSize: usize = 0;
/** Room for the words of a block, for the draws to retry (see normals.ts), and for B x 4 or n vectors. */
export let words: usize = 0;
export let misses: usize = 0;
export let scratch: usize = 0;

export function setClock(newAge: i32, newScale: f64): void {
  age = newAge;
  scale = newScale;
}
