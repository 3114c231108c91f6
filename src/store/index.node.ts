export {
  cannotWrite,
  claimDirectory,
  makeDirectory,
  PART,
  partName,
  assertUnoccupied,
  writeAtomically,
} from './atomic.node.js';
export { filesIn, readErrorText } from './data-files.node.js';
export { DamagedFileError } from './container.node.js';
export { lockDirectory } from './lock.node.js';
export type { Lock } from './lock.node.js';
export { requireOrigin } from './manifest.node.js';
export type { Manifest } from './manifest.node.js';
export { writeNpz } from './npz.node.js';
export { writeNpy } from './npy.node.js';
export type { StoredPoint } from './points.node.js';
export { encodeRecord, SHARD } from './records.node.js';
export { RunDirectory } from './run-directory.node.js';
export { readParquet, Table, writeParquet } from './table.node.js';
export type { Cell, Row } from './table.node.js';
export type { RunDescription, TaskPlace } from './run-directory.node.js';
export { makeZarrGroup, ZarrArray } from './zarr.node.js';
