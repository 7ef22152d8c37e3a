import type { FileHandle } from '../file-system.ts';
import { appendContent, contentOf, noBytes, replaceContent, statOf, type Inode } from './inode.ts';
import type { Volume } from './volume.ts';

/** An open file: it follows the inode, so it outlives the name. */
export function openHandle(volume: Volume, number: number, path: string, nowMs: () => number): FileHandle {
  let last: Inode = volume.get(number)!;
  // A file whose last name was removed lives on here alone.
  const current = (): Inode => (last = volume.get(number) ?? last);
  const changeable = (): Inode => (last = volume.get(number) ? volume.own(number) : last);

  return {
    get stat() {
      return statOf(current(), number);
    },

    readAt(offset, length) {
      const inode = current();
      return inode.type === 'file' ? contentOf(inode).subarray(offset, offset + length) : noBytes;
    },

    writeAt(offset, bytes) {
      const inode = changeable();
      if (offset === inode.size) return this.append(bytes);
      const size = Math.max(inode.size, offset + bytes.length);
      volume.charge(size - inode.size, path);
      const content = new Uint8Array(size);
      content.set(contentOf(inode));
      content.set(bytes, offset);
      replaceContent(inode, content);
      inode.modifiedMs = nowMs();
    },

    append(bytes) {
      const inode = changeable();
      volume.charge(bytes.length, path);
      appendContent(inode, bytes);
      inode.modifiedMs = nowMs();
    },

    truncate(size) {
      const inode = changeable();
      volume.charge(size - inode.size, path);
      const content = new Uint8Array(size);
      content.set(contentOf(inode).subarray(0, size));
      replaceContent(inode, content);
      inode.modifiedMs = nowMs();
    },
  };
}
