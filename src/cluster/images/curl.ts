import { toolNamed, type Program } from '../../shell/index.ts';
import { distributionFiles } from './base-files.ts';
import type { Image } from './image.ts';
import { releaseTags, variation, type Series } from './tags.ts';

const series: readonly Series[] = [
  ['7.80', 0, 0],
  ['7.81', 0, 0],
  ['7.82', 0, 0],
  ['7.83', 0, 1],
  ['7.84', 0, 0],
  ['7.85', 0, 0],
  ['7.86', 0, 0],
  ['7.87', 0, 0],
  ['7.88', 0, 1],
  ['8.0', 0, 1],
  ['8.1', 0, 2],
  ['8.2', 0, 1],
  ['8.3', 0, 0],
  ['8.4', 0, 0],
  ['8.5', 0, 0],
  ['8.6', 0, 0],
  ['8.7', 1, 1],
  ['8.8', 0, 0],
  ['8.9', 0, 1],
  ['8.10', 0, 1],
  ['8.11', 0, 1],
  ['8.12', 0, 1],
  ['8.13', 0, 0],
  ['8.14', 0, 1],
  ['8.15', 0, 0],
  ['8.16', 0, 0],
];

const curl = toolNamed('curl', 'gnu')!;

/** The image's entrypoint: arguments that are no command go to curl. */
const entrypoint: Program = function* (context) {
  const [, first, ...rest] = context.argv;
  const command = first === undefined || first.startsWith('-') ? undefined : findProgram(context, first);
  if (command) return yield* command({ ...context, argv: [first!, ...rest] });
  return yield* curl({ ...context, argv: ['curl', ...context.argv.slice(1)] });
};

function findProgram({ machine, environment }: Parameters<Program>[0], name: string): Program | undefined {
  if (name.includes('/')) return machine.loadProgram(name);
  for (const directory of (environment.get('PATH') ?? '').split(':')) {
    const program = machine.loadProgram(`${directory}/${name}`);
    if (program) return program;
  }
  return undefined;
}

/** docker.io/curlimages/curl */
export function curlImage(): Image {
  return {
    repository: 'docker.io/curlimages/curl',
    tags: ['latest', ...releaseTags(series)],
    sizeBytes: (tag) => 9_800_000 + variation(tag, 700_000),
    config: () => ({
      entrypoint: ['/entrypoint.sh'],
      command: ['curl'],
      environment: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
      workingDirectory: '/home/curl_user',
      user: 'curl_user',
    }),
    files() {
      const files = distributionFiles('alpine', { curl, '/entrypoint.sh': entrypoint });
      files.makeDirectory('/home/curl_user', { parents: true });
      files.setOwner('/home/curl_user', 100, 101);
      files.write(
        '/etc/passwd',
        Uint8Array.from('curl_user:x:100:101:Linux User,,,:/home/curl_user:/sbin/nologin\n', (letter) =>
          letter.charCodeAt(0),
        ),
        { append: true },
      );
      return files;
    },
  };
}
