import { describe, expect, it } from 'vitest';
import { baseName, cleanPath, directoryOf, joinPath } from './path.ts';

describe('paths', () => {
  it.each([
    ['', '.'],
    ['/', '/'],
    ['a//b/./c/', 'a/b/c'],
    ['a/../b', 'b'],
    ['../a', '../a'],
    ['/../a', '/a'],
    ['a/..', '.'],
  ])('cleans %j', (path, expected) => expect(cleanPath(path)).toBe(expected));

  it.each([
    ['/tmp/a', '/tmp', 'a'],
    ['a', '.', 'a'],
    ['/', '/', '/'],
    ['/a', '/', 'a'],
    ['', '.', '.'],
  ])('splits %j', (path, directory, base) => {
    expect(directoryOf(path)).toBe(directory);
    expect(baseName(path)).toBe(base);
  });

  it('joins', () => expect([joinPath('a', '', '../b'), joinPath('', ''), joinPath('/', 'x')]).toEqual(['b', '', '/x']));
});
