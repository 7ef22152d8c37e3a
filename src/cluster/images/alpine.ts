import { distributionFiles } from './base-files.ts';
import type { Image } from './image.ts';
import { releaseTags, variation, type Series } from './tags.ts';

const series: readonly Series[] = [
  ['3.10', 0, 9],
  ['3.11', 0, 13],
  ['3.12', 0, 12],
  ['3.13', 0, 12],
  ['3.14', 0, 10],
  ['3.15', 0, 11],
  ['3.16', 0, 9],
  ['3.17', 0, 10],
  ['3.18', 0, 12],
  ['3.19', 0, 8],
  ['3.20', 0, 7],
  ['3.21', 0, 4],
  ['3.22', 0, 1],
];

/** docker.io/library/alpine */
export function alpineImage(): Image {
  return {
    repository: 'docker.io/library/alpine',
    tags: ['latest', 'edge', '3', ...releaseTags(series)],
    sizeBytes: (tag) => 3_600_000 + variation(tag, 200_000),
    config: () => ({
      command: ['/bin/sh'],
      environment: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
      workingDirectory: '/',
    }),
    files: () => distributionFiles('alpine'),
  };
}
