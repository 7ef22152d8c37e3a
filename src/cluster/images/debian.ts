import { bash, shellProgram } from '../../shell/index.ts';
import { distributionFiles, putText } from './base-files.ts';
import type { Image } from './image.ts';
import { variation } from './tags.ts';

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** docker.io/library/debian */
export function debianImage(): Image {
  const names = [
    'latest',
    'stable',
    'stable-slim',
    'bookworm',
    'bookworm-slim',
    '12',
    '12-slim',
    '12.11',
    '12.11-slim',
    'bullseye',
    'bullseye-slim',
    '11',
    '11-slim',
    'trixie',
    'trixie-slim',
    '13',
    '13-slim',
    'testing',
    'sid',
    'unstable',
  ];
  return {
    repository: 'docker.io/library/debian',
    tags: names,
    sizeBytes: (tag) => (tag.includes('slim') ? 28_200_000 : 48_500_000) + variation(tag, 400_000),
    config: () => ({ command: ['bash'], environment: { PATH: path }, workingDirectory: '/' }),
    files: () => distributionFiles('debian'),
  };
}

/** docker.io/library/ubuntu */
export function ubuntuImage(): Image {
  const releases: Readonly<Record<string, string>> = {
    '18.04': 'bionic',
    '20.04': 'focal',
    '22.04': 'jammy',
    '24.04': 'noble',
    '25.04': 'plucky',
    '25.10': 'questing',
  };
  return {
    repository: 'docker.io/library/ubuntu',
    tags: ['latest', 'rolling', 'devel', ...Object.keys(releases), ...Object.values(releases)],
    sizeBytes: (tag) => 29_700_000 + variation(tag, 300_000),
    config: () => ({ command: ['/bin/bash'], environment: { PATH: path }, workingDirectory: '/' }),
    files(tag) {
      const version = releases[tag]
        ? tag
        : (Object.keys(releases).find((number) => releases[number] === tag) ?? '24.04');
      const files = distributionFiles('debian');
      putText(
        files,
        '/etc/os-release',
        `PRETTY_NAME="Ubuntu ${version} LTS"\nNAME="Ubuntu"\nVERSION_ID="${version}"\nVERSION_CODENAME=${releases[version]}\nID=ubuntu\nID_LIKE=debian\n`,
      );
      files.remove('/etc/debian_version');
      return files;
    },
  };
}

/** docker.io/library/bash: its own shell on Alpine. */
export function bashImage(): Image {
  return {
    repository: 'docker.io/library/bash',
    tags: ['latest', '5', '5.1', '5.2', '5.3', '4.4', 'devel'],
    sizeBytes: (tag) => 6_100_000 + variation(tag, 90_000),
    config: () => ({ command: ['bash'], environment: { PATH: path }, workingDirectory: '/' }),
    files: () => distributionFiles('alpine', { '/usr/local/bin/bash': shellProgram(bash) }),
  };
}
