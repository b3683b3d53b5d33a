/** A file that was dropped on the window; `path` begins with the folder that it was dropped in, if any. */
export interface DroppedFile {
  path: string;
  file: File;
}

/** Files that a drop may bring, those of dropped folders too; more are chosen by path. */
const MOST = 200;

/**
 * The files of a drop, with those inside dropped folders. Null when there are too many. The browser forgets a drop when its
 * event ends, so this takes what it needs before the first wait.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<DroppedFile[] | null> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
  const plain = [...transfer.files].map((file) => ({ path: file.name, file }));
  if (!entries.some(({ isDirectory }) => isDirectory)) return plain.length > MOST ? null : plain;
  const found: DroppedFile[] = [];
  const pending = entries.reverse();
  for (let entry = pending.pop(); entry; entry = pending.pop()) {
    if (found.length >= MOST) return null;
    if (entry.isDirectory) pending.push(...(await childrenOf(entry as FileSystemDirectoryEntry)).reverse());
    else found.push({ path: entry.fullPath.replace(/^\//, ''), file: await fileOf(entry as FileSystemFileEntry) });
  }
  return found;
}

/** All entries of a folder by name; a reader gives them in parts, and none at the end. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (part.length === 0 || children.length > MOST) return children.sort((a, b) => (a.name < b.name ? -1 : 1));
    children.push(...part);
  }
}

/** What cannot be read counts as empty: it is then listed, and refused as no known file. */
function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve) => entry.file(resolve, () => resolve(new File([], entry.name))));
}
