/** Where the files of a Zarr hierarchy are. Paths have no slash at either end; the root is the empty path. */
export interface ZarrStore {
  /** Paths of directories that may be arrays. */
  arrays(): Promise<readonly string[]>;
  get(path: string): Promise<Uint8Array | undefined>;
}

/** Files that describe an array, in version 2 and 3. */
export const ARRAY_FILES = ['.zarray', 'zarr.json'];
