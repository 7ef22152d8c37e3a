/**
 * Puts a payload into a volume so that readers see all of it change at once: the files are links through `..data`,
 * which is switched from one directory to the next.
 * Upstream: pkg/volume/util/atomic_writer.go
 */
import type { MemoryFileSystem } from '../../../shell/index.ts';
import type { PayloadFile } from './payload.ts';

export function writeAtomically(
  tree: MemoryFileSystem,
  files: readonly PayloadFile[],
  { nowMs, group }: { readonly nowMs: number; readonly group: number | undefined },
): void {
  const previous = tree.lstat('/..data') ? tree.readLink('/..data') : undefined;
  const directory = versionName(nowMs, previous);
  tree.makeDirectory(`/${directory}`);
  for (const file of files) {
    const path = `/${directory}/${file.path}`;
    if (file.path.includes('/')) tree.makeDirectory(parentOf(path), { parents: true });
    // With an fsGroup the group may read what its owner may.
    tree.write(path, file.content, { mode: group === undefined ? file.mode : file.mode | 0o440 });
    if (group !== undefined) tree.setOwner(path, 0, group);
  }
  const names = new Set(files.map((file) => file.path.split('/')[0]!));
  if (previous === undefined) tree.link(directory, '/..data', { symbolic: true });
  else {
    tree.link(directory, '/..data_tmp', { symbolic: true });
    tree.rename('/..data_tmp', '/..data');
  }
  for (const name of names) if (!tree.lstat(`/${name}`)) tree.link(`..data/${name}`, `/${name}`, { symbolic: true });
  if (previous === undefined) return;
  for (const name of tree.list('/')) {
    if (!name.startsWith('..') && !names.has(name)) tree.remove(`/${name}`);
  }
  tree.remove(`/${previous}`, { recursive: true });
}

/** `..2026_01_02_03_04_05.123456789` */
function versionName(nowMs: number, previous: string | undefined): string {
  const time = new Date(nowMs).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '_');
  const fraction = Math.floor((nowMs % 1000) * 1_000_000);
  const name = `..${time}.${String(fraction).padStart(9, '0')}`;
  return name === previous ? `${name}1` : name;
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
