// Files of the user, with what lies in directories.

/** A file of the user with its path from where it was dropped or chosen. */
export interface UserFile {
  readonly path: string;
  readonly file: File;
}

/** Files that are read of a directory at most. */
const MAX_FILES = 10_000;

/** The files of a drop; the entries of its directories are asked for at once, because the drop has them no longer afterwards. */
export function droppedFiles({ items, files }: DataTransfer): Promise<UserFile[]> {
  const entries = Array.from(items, (item) => item.webkitGetAsEntry());
  return entries.some((entry) => entry?.isDirectory)
    ? filesBelow(entries.filter((entry) => entry !== null))
    : Promise.resolve(Array.from(files, asUserFile));
}

/** A file that was chosen, alone or in a directory. */
export const asUserFile = (file: File): UserFile => ({ path: file.webkitRelativePath || file.name, file });

async function filesBelow(entries: readonly FileSystemEntry[]): Promise<UserFile[]> {
  const found: UserFile[] = [];
  const left = [...entries];
  for (let entry = left.pop(); entry && found.length < MAX_FILES; entry = left.pop()) {
    if (isFile(entry)) found.push({ path: entry.fullPath.replace(/^\//, ''), file: await fileOf(entry) });
    else left.push(...(await childrenOf(entry as FileSystemDirectoryEntry)));
  }
  return found;
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });

/** A reader gives some of the entries at a time, and none at the end. */
async function childrenOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return all;
    all.push(...some);
  }
}
