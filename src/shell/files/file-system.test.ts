import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../kernel/index.ts';
import { FileError, type FileErrno, type FileSystem } from '../file-system.ts';
import { layeredFileSystem, memoryFileSystem, type FileSystemOptions } from './memory-file-system.ts';
import { restoreSnapshot, takeSnapshot } from './snapshot.ts';

const text = (files: FileSystem, path: string) => decodeUtf8(files.read(path));
const put = (files: FileSystem, path: string, content: string) => files.write(path, encodeUtf8(content));

function errnoOf(act: () => unknown): FileErrno | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof FileError) return error.errno;
    throw error;
  }
  return undefined;
}

/** The same rules hold for every way to make a file system. */
const makers: readonly { name: string; make: (options?: FileSystemOptions) => FileSystem }[] = [
  { name: 'memory', make: memoryFileSystem },
  { name: 'layered over an empty tree', make: (options) => layeredFileSystem(memoryFileSystem(), options) },
  {
    name: 'layered over a populated tree',
    make(options) {
      const base = memoryFileSystem();
      base.makeDirectory('/usr/bin', { parents: true });
      put(base, '/usr/bin/tool', 'x');
      return layeredFileSystem(base, options);
    },
  },
  {
    name: 'mounted',
    make(options) {
      const outer = memoryFileSystem(options);
      outer.mount('/', memoryFileSystem(options));
      return outer;
    },
  },
  {
    name: 'subtree',
    make: (options) => {
      const outer = memoryFileSystem(options);
      outer.makeDirectory('/inner');
      return outer.subtree('/inner');
    },
  },
];

describe.each(makers)('a file system: $name', ({ make }) => {
  it('reads back what was written, and appends', () => {
    const files = make();
    put(files, '/a', 'one\n');
    files.write('/a', encodeUtf8('two\n'), { append: true });
    expect(text(files, '/a')).toBe('one\ntwo\n');
    expect(files.stat('/a')).toMatchObject({ type: 'file', size: 8, mode: 0o644, links: 1 });
  });

  it('gives bytes that later writes do not change', () => {
    const files = make();
    put(files, '/a', 'before');
    const before = files.read('/a');
    files.write('/a', encodeUtf8('+'), { append: true });
    put(files, '/a', 'after!');
    expect(decodeUtf8(before)).toBe('before');
  });

  it('lists names sorted and makes parents', () => {
    const files = make();
    files.makeDirectory('/var/log/pods', { parents: true });
    put(files, '/var/log/b', '');
    put(files, '/var/log/a', '');
    expect(files.list('/var/log')).toEqual(['a', 'b', 'pods']);
    files.makeDirectory('/var/log/pods', { parents: true });
  });

  it('resolves ., .., double slashes and symlinks as POSIX does', () => {
    const files = make();
    files.makeDirectory('/d/e', { parents: true });
    put(files, '/d/file', 'x');
    files.link('../file', '/d/e/up', { symbolic: true });
    files.link('/d', '/s', { symbolic: true });
    expect(text(files, '//s/./e/../e/up')).toBe('x');
    expect(files.realPath('/s/e/up')).toBe('/d/file');
    expect(files.lstat('/d/e/up')).toMatchObject({ type: 'symlink', size: 7 });
    expect(files.readLink('/s')).toBe('/d');
    put(files, '/s/e/up', 'through');
    expect(text(files, '/d/file')).toBe('through');
    expect(files.realPath('/../..')).toBe('/');
  });

  it('creates the target of a dangling symlink', () => {
    const files = make();
    files.link('/target', '/dangling', { symbolic: true });
    expect(files.stat('/dangling')).toBeUndefined();
    put(files, '/dangling', 'x');
    expect(text(files, '/target')).toBe('x');
  });

  it('keeps one file under two hard links', () => {
    const files = make();
    put(files, '/a', 'x');
    files.link('/a', '/b', { symbolic: false });
    put(files, '/b', 'y');
    expect(text(files, '/a')).toBe('y');
    expect(files.stat('/a')!.links).toBe(2);
    files.remove('/a');
    expect(text(files, '/b')).toBe('y');
    expect(files.stat('/b')!.links).toBe(1);
  });

  it('renames over files and empty directories', () => {
    const files = make();
    put(files, '/a', 'x');
    put(files, '/b', 'y');
    files.rename('/a', '/b');
    expect(text(files, '/b')).toBe('x');
    expect(files.stat('/a')).toBeUndefined();
    files.makeDirectory('/d/e', { parents: true });
    files.makeDirectory('/f');
    files.rename('/d', '/f');
    expect(files.list('/f')).toEqual(['e']);
  });

  it('keeps an open file while its name goes away', () => {
    const files = make();
    put(files, '/log', 'one\n');
    const handle = files.open('/log', { write: true });
    files.rename('/log', '/log.1');
    handle.append(encodeUtf8('two\n'));
    expect(text(files, '/log.1')).toBe('one\ntwo\n');
    files.remove('/log.1');
    handle.append(encodeUtf8('three\n'));
    expect(decodeUtf8(handle.readAt(8, 100))).toBe('three\n');
    handle.writeAt(0, encodeUtf8('ONE'));
    handle.truncate(4);
    expect(decodeUtf8(handle.readAt(0, 100))).toBe('ONE\n');
  });

  it.each<[FileErrno, string, (files: FileSystem) => unknown]>([
    ['ENOENT', 'read what is not there', (files) => files.read('/none')],
    ['ENOENT', 'write below what is not there', (files) => put(files, '/none/a', 'x')],
    ['ENOTDIR', 'go through a file', (files) => files.read('/file/x')],
    ['ENOTDIR', 'a file with a slash behind', (files) => files.read('/file/')],
    ['ENOTDIR', 'list a file', (files) => files.list('/file')],
    ['EISDIR', 'read a directory', (files) => files.read('/dir')],
    ['EISDIR', 'write to a directory', (files) => put(files, '/dir', 'x')],
    ['EEXIST', 'make what is there', (files) => files.makeDirectory('/dir')],
    ['ENOTEMPTY', 'remove a full directory', (files) => files.remove('/dir')],
    ['ENOTEMPTY', 'rename over a full directory', (files) => files.rename('/empty', '/dir')],
    ['EINVAL', 'move a directory into itself', (files) => files.rename('/dir', '/dir/inner')],
    ['EINVAL', 'read a link that is none', (files) => files.readLink('/file')],
    ['ELOOP', 'go round in circles', (files) => files.read('/loop')],
    ['EPERM', 'hard-link a directory', (files) => files.link('/dir', '/dir2', { symbolic: false })],
    ['ENOSPC', 'write more than fits', (files) => put(files, '/big', 'x'.repeat(2000))],
    ['ENOSPC', 'append more than fits', (files) => files.open('/file', { write: true }).append(new Uint8Array(2000))],
    ['EEXIST', 'open exclusively what is there', (files) => files.open('/file', { create: true, exclusive: true })],
  ])('says %s to: %s', (errno, _what, act) => {
    const files = make({ capacityBytes: 1000 });
    put(files, '/file', 'x');
    files.makeDirectory('/dir');
    files.makeDirectory('/empty');
    put(files, '/dir/a', 'x');
    files.link('/loop', '/loop', { symbolic: true });
    expect(errnoOf(() => act(files))).toBe(errno);
  });

  it('gives space back', () => {
    const files = make({ capacityBytes: 1000 });
    put(files, '/a', 'x'.repeat(900));
    expect(errnoOf(() => put(files, '/b', 'x'.repeat(200)))).toBe('ENOSPC');
    files.remove('/a');
    put(files, '/b', 'x'.repeat(200));
  });

  it('mounts a tree, also read-only, and takes it away again', () => {
    const files = make();
    const volume = memoryFileSystem();
    put(volume, '/key', 'value');
    volume.link('key', '/alias', { symbolic: true });
    files.mount('/etc/config', volume, { readOnly: true, source: 'config' });
    expect(text(files, '/etc/config/alias')).toBe('value');
    expect(files.realPath('/etc/config/../config/alias')).toBe('/etc/config/key');
    expect(errnoOf(() => put(files, '/etc/config/key', 'x'))).toBe('EROFS');
    expect(errnoOf(() => files.remove('/etc/config', { recursive: true }))).toBe('EBUSY');
    expect(errnoOf(() => files.rename('/etc/config/key', '/key'))).toBe('EXDEV');
    put(volume, '/key', 'changed');
    expect(text(files, '/etc/config/key')).toBe('changed');
    expect(files.mounts.at(-1)).toEqual({ path: '/etc/config', source: 'config', readOnly: true });
    files.unmount('/etc/config');
    expect(files.list('/etc/config')).toEqual([]);
  });

  it('survives a snapshot and its restoration', () => {
    const files = make();
    files.makeDirectory('/home/me', { parents: true });
    put(files, '/home/me/notes.txt', 'grüße\n');
    files.write('/home/me/binary', new Uint8Array([0, 255, 128, 10]));
    files.link('notes.txt', '/home/me/link', { symbolic: true });
    files.setMode('/home/me/notes.txt', 0o600);
    files.setTimes('/home/me/notes.txt', 1234);
    const snapshot = JSON.parse(JSON.stringify(takeSnapshot(files, '/home/me')));
    const other = make();
    restoreSnapshot(other, '/root', snapshot);
    expect(takeSnapshot(other, '/root')).toEqual(snapshot);
    expect(text(other, '/root/link')).toBe('grüße\n');
    expect(other.stat('/root/notes.txt')).toMatchObject({ mode: 0o600, modifiedMs: 1234 });
  });
});

describe('permissions', () => {
  it('stop another user, not root', () => {
    const files = memoryFileSystem();
    put(files, '/secret', 'x');
    files.setMode('/secret', 0o600);
    files.makeDirectory('/private', { mode: 0o700 });
    const nobody = files.asUser({ uid: 65534, gid: 65534 });
    expect(errnoOf(() => nobody.read('/secret'))).toBe('EACCES');
    expect(errnoOf(() => nobody.read('/private/x'))).toBe('EACCES');
    expect(errnoOf(() => put(nobody, '/new', 'x'))).toBe('EACCES');
    expect(errnoOf(() => nobody.setMode('/secret', 0o777))).toBe('EPERM');
    expect(text(files, '/secret')).toBe('x');
    expect(nobody.mayAccess('/secret', 'read')).toBe(false);
  });

  it('let the group in, and hand a set-group-ID group on (fsGroup)', () => {
    const files = memoryFileSystem();
    files.makeDirectory('/data');
    files.setMode('/data', 0o2775);
    files.setOwner('/data', 0, 2000);
    const user = files.asUser({ uid: 1000, gid: 1000, groups: [2000] });
    put(user, '/data/x', 'mine');
    expect(files.stat('/data/x')).toMatchObject({ uid: 1000, gid: 2000 });
  });

  it('keep sticky files from others', () => {
    const files = memoryFileSystem();
    files.makeDirectory('/tmp');
    files.setMode('/tmp', 0o1777);
    put(files.asUser({ uid: 1, gid: 1 }), '/tmp/a', 'x');
    expect(errnoOf(() => files.asUser({ uid: 2, gid: 2 }).remove('/tmp/a'))).toBe('EPERM');
    files.asUser({ uid: 1, gid: 1 }).remove('/tmp/a');
  });
});

describe('layers', () => {
  it('share the base and hide changes from it and from each other', () => {
    const base = memoryFileSystem();
    put(base, '/a', 'base');
    base.makeDirectory('/d');
    put(base, '/d/x', 'x');
    base.link('/a', '/hard', { symbolic: false });
    const one = layeredFileSystem(base);
    const two = layeredFileSystem(base);
    one.write('/a', encodeUtf8('+1'), { append: true });
    two.remove('/d', { recursive: true });
    put(two, '/new', 'two');
    expect([text(base, '/a'), text(one, '/hard'), text(two, '/a')]).toEqual(['base', 'base+1', 'base']);
    expect([base.list('/'), two.list('/')]).toEqual([
      ['a', 'd', 'hard'],
      ['a', 'hard', 'new'],
    ]);
    expect(two.usedBytes).toBe(3);
    expect(one.usedBytes).toBe(6);
  });

  it('refuse changes on a read-only root, but not on a volume', () => {
    const files = layeredFileSystem(memoryFileSystem(), { readOnly: true });
    expect(errnoOf(() => put(files, '/a', 'x'))).toBe('EROFS');
    files.mount('/data', memoryFileSystem());
    put(files, '/data/a', 'x');
    expect(text(files, '/data/a')).toBe('x');
  });

  it('share a volume between two containers', () => {
    const shared = memoryFileSystem();
    const one = memoryFileSystem();
    const two = memoryFileSystem();
    one.mount('/out', shared);
    two.mount('/in', shared.subtree('/'));
    put(one, '/out/file', 'hello');
    expect(text(two, '/in/file')).toBe('hello');
  });

  it('behave like a copy, whatever is done', () =>
    fc.assert(
      fc.property(
        fc.array(anOperation(), { maxLength: 30 }),
        fc.array(anOperation(), { maxLength: 30 }),
        (first, then) => {
          const copied = memoryFileSystem();
          const base = memoryFileSystem();
          first.forEach((act) => (errnoOf(() => act(copied)), errnoOf(() => act(base))));
          const before = takeSnapshot(base, '');
          const layered = layeredFileSystem(base);
          const errors = then.map((act) => [errnoOf(() => act(copied)), errnoOf(() => act(layered))]);
          for (const [expected, actual] of errors) expect(actual).toBe(expected);
          expect(takeSnapshot(layered, '')).toEqual(takeSnapshot(copied, ''));
          expect(takeSnapshot(base, '')).toEqual(before);
        },
      ),
    ));
});

function anOperation(): fc.Arbitrary<(files: FileSystem) => void> {
  const path = fc.constantFrom('/a', '/b', '/d', '/d/a', '/d/e', '/d/e/a', '/s/a');
  return fc.oneof(
    fc.tuple(path, fc.string({ maxLength: 5 }), fc.boolean()).map(
      ([at, content, append]) =>
        (files: FileSystem) =>
          files.write(at, encodeUtf8(content), { append }),
    ),
    path.map((at) => (files: FileSystem) => files.makeDirectory(at)),
    path.map((at) => (files: FileSystem) => files.remove(at, { recursive: true })),
    fc.tuple(path, path).map(
      ([from, to]) =>
        (files: FileSystem) =>
          files.rename(from, to),
    ),
    fc.tuple(path, path, fc.boolean()).map(
      ([from, to, symbolic]) =>
        (files: FileSystem) =>
          files.link(from, to, { symbolic }),
    ),
  );
}
