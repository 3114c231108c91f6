import type { Container } from '../../container.js';
import { readZip } from '../../zip/archive.js';
import { zarrContainer } from './container.js';
import { ARRAY_FILES, type ZarrStore } from './store.js';

/** The arrays of a Zarr hierarchy whose files are in memory, by their paths in it. `name` is that of an array at the root. */
export const zarrOfFiles = (files: ReadonlyMap<string, () => Uint8Array>, name: string): Promise<Container> =>
  zarrContainer(storeOfFiles(files), name);

/** Files by their paths in a Zarr hierarchy. */
function storeOfFiles(files: ReadonlyMap<string, () => Uint8Array>): ZarrStore {
  const places = Array.from(files.keys()).flatMap((path) => {
    const cut = path.lastIndexOf('/') + 1;
    return ARRAY_FILES.includes(path.slice(cut)) ? [path.slice(0, Math.max(0, cut - 1))] : [];
  });
  return {
    arrays: () => Promise.resolve(places),
    get: (path) => Promise.resolve(files.get(path)?.()),
  };
}

/** The arrays of a zipped hierarchy, which may lie in a directory of its own there. Throws Error. */
export function zarrOfZip(bytes: Uint8Array, name: string): Promise<Container> {
  const members = readZip(bytes);
  const root = commonRoot(members.map(({ name }) => name));
  return zarrOfFiles(new Map(members.map((member) => [member.name.slice(root.length), () => member.read()])), name);
}

function commonRoot(names: readonly string[]): string {
  const isRoot = (root: string): boolean =>
    [...ARRAY_FILES, '.zgroup'].some((file) => names.includes(root + file)) &&
    names.every((name) => name.startsWith(root));
  const [first = ''] = names;
  const parts = first.split('/').slice(0, -1);
  const roots = parts.map((_, k) => `${parts.slice(0, k + 1).join('/')}/`);
  return ['', ...roots].find(isRoot) ?? '';
}
