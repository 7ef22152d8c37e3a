import { expect, it } from 'vitest';
import { packTar, unpackTar, type TarMember } from './tar.ts';

const member = (name: string, extra: Partial<TarMember> = {}): TarMember => ({
  name,
  type: 'file',
  mode: 0o644,
  linkName: '',
  content: new TextEncoder().encode(name),
  ...extra,
});

it('gives back what it was given', () => {
  const none = new Uint8Array();
  const members = [
    member('a'),
    member(`${'long/'.repeat(40)}name`),
    member('empty', { content: none }),
    member('block', { content: new Uint8Array(512).fill(7) }),
    member('directory', { type: 'directory', mode: 0o755, content: none }),
    member('link', { type: 'symlink', linkName: 'x'.repeat(150), content: none }),
  ];
  expect(unpackTar(packTar(members))).toEqual(members);
});

it('refuses half an archive', () =>
  expect(() => unpackTar(packTar([member('a')]).subarray(0, 512))).toThrow('unexpected EOF'));
