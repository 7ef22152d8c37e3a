import { distributionFiles } from '../base-files.ts';
import type { Image } from '../image.ts';
import { releaseTags, variation, versionOf, type Series } from '../tags.ts';
import type { Program } from '../../../shell/index.ts';
import { redisCli } from './cli.ts';
import { redisServer } from './server.ts';

const series: readonly Series[] = [
  ['3.2', 0, 12],
  ['4.0', 0, 14],
  ['5.0', 0, 14],
  ['6.0', 0, 20],
  ['6.2', 0, 19],
  ['7.0', 0, 15],
  ['7.2', 0, 11],
  ['7.4', 0, 6],
  ['8.0', 0, 4],
  ['8.2', 0, 2],
];

/** Arguments that are options, or a configuration file, are the server's. */
function entrypoint(server: Program): Program {
  return function* (context) {
    const [first = 'redis-server', ...rest] = context.argv.slice(1);
    const isForServer = first.startsWith('-') || first.endsWith('.conf');
    const argv = isForServer ? ['redis-server', first, ...rest] : [first, ...rest];
    context.process.argv = argv;
    if (argv[0] === 'redis-server') return yield* server({ ...context, argv });
    const directories = argv[0]!.includes('/')
      ? ['']
      : (context.environment.get('PATH') ?? '').split(':').map((directory) => `${directory}/`);
    const path = directories.map((directory) => directory + argv[0]!).find((each) => context.machine.loadProgram(each));
    const program = path === undefined ? undefined : context.machine.loadProgram(path);
    if (!program) return 127;
    return yield* program({ ...context, argv });
  };
}

/** docker.io/library/redis */
export function redisImage(): Image {
  return {
    repository: 'docker.io/library/redis',
    tags: [
      'latest',
      'alpine',
      'bookworm',
      ...['3', '4', '5', '6', '7', '8'].flatMap((major) => [major, `${major}-alpine`, `${major}-bookworm`]),
      ...releaseTags(series, ['', '-alpine', '-bookworm']),
    ],
    sizeBytes: (tag) => (tag.includes('alpine') ? 17_200_000 : 45_800_000) + variation(tag, 900_000),
    config: (tag) => ({
      entrypoint: ['docker-entrypoint.sh'],
      command: ['redis-server'],
      environment: {
        PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        REDIS_VERSION: versionOf(tag, series),
      },
      workingDirectory: '/data',
      exposedPorts: [6379],
    }),
    files(tag) {
      const server = redisServer(versionOf(tag, series));
      const files = distributionFiles(tag.includes('alpine') ? 'alpine' : 'debian', {
        '/usr/local/bin/redis-server': server,
        '/usr/local/bin/redis-cli': redisCli,
        '/usr/local/bin/docker-entrypoint.sh': entrypoint(server),
      });
      files.makeDirectory('/data');
      return files;
    },
  };
}
