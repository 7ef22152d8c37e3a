import { distributionFiles } from './base-files.ts';
import type { Image } from './image.ts';
import { releaseTags, variation, type Series } from './tags.ts';

const series: readonly Series[] = [
  ['1.24', 0, 2],
  ['1.25', 0, 1],
  ['1.26', 0, 2],
  ['1.27', 0, 2],
  ['1.28', 0, 4],
  ['1.29', 0, 3],
  ['1.30', 0, 1],
  ['1.31', 0, 1],
  ['1.32', 0, 1],
  ['1.33', 0, 1],
  ['1.34', 0, 1],
  ['1.35', 0, 0],
  ['1.36', 0, 1],
  ['1.37', 0, 0],
];

/** docker.io/library/busybox: its command is a shell, which ends at once where there is no terminal. */
export function busyboxImage(): Image {
  return {
    repository: 'docker.io/library/busybox',
    tags: [
      'latest',
      'stable',
      'unstable',
      'glibc',
      'musl',
      'uclibc',
      '1',
      'stable-glibc',
      'stable-musl',
      'stable-uclibc',
      ...releaseTags(series, ['', '-glibc', '-musl', '-uclibc']),
    ],
    sizeBytes: (tag) => 2_160_000 + variation(tag, 90_000),
    config: () => ({
      command: ['sh'],
      environment: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
      workingDirectory: '/',
    }),
    files: () => distributionFiles('busybox'),
  };
}
