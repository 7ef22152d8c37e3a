import { encodeUtf8 } from '../../../kernel/index.ts';
import type { MemoryFileSystem, Program } from '../../../shell/index.ts';
import { distributionFiles, putText } from '../base-files.ts';
import type { Image } from '../image.ts';
import { releaseTags, variation, versionOf, type Series } from '../tags.ts';
import { troublePage, welcomePage } from './pages.ts';
import { nginxProgram } from './program.ts';

const series: readonly Series[] = [
  ['1.7', 1, 12],
  ['1.8', 0, 1],
  ['1.9', 0, 15],
  ['1.10', 0, 3],
  ['1.11', 0, 13],
  ['1.12', 0, 2],
  ['1.13', 0, 12],
  ['1.14', 0, 2],
  ['1.15', 0, 12],
  ['1.16', 0, 1],
  ['1.17', 0, 10],
  ['1.18', 0, 0],
  ['1.19', 0, 10],
  ['1.20', 0, 2],
  ['1.21', 0, 6],
  ['1.22', 0, 1],
  ['1.23', 0, 4],
  ['1.24', 0, 0],
  ['1.25', 0, 5],
  ['1.26', 0, 3],
  ['1.27', 0, 5],
  ['1.28', 0, 0],
  ['1.29', 0, 3],
];

const stableVersion = '1.28.0';
const names = [
  'latest',
  'mainline',
  'stable',
  'alpine',
  'mainline-alpine',
  'stable-alpine',
  'alpine-slim',
  'perl',
  'stable-perl',
  'bookworm',
  'stable-bookworm',
  '1',
  '1-alpine',
];

/** docker.io/library/nginx */
export function nginxImage(): Image {
  return {
    repository: 'docker.io/library/nginx',
    tags: [...names, ...releaseTags(series, ['', '-alpine', '-perl'])],
    sizeBytes: (tag) => (tag.includes('alpine') ? 20_400_000 : 71_800_000) + variation(tag, 900_000),
    config: (tag) => ({
      ...(hasEntrypoint(tag) && { entrypoint: ['/docker-entrypoint.sh'] }),
      command: ['nginx', '-g', 'daemon off;'],
      environment: {
        PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        NGINX_VERSION: nginxVersion(tag),
      },
      workingDirectory: '/',
      exposedPorts: [80],
      // Since 1.19.3 a stop is graceful.
      stopSignal: isAtLeast(nginxVersion(tag), [1, 19, 3]) ? 'SIGQUIT' : 'SIGTERM',
    }),
    files: (tag) => nginxFiles(tag),
  };
}

function nginxVersion(tag: string): string {
  return tag.includes('stable') ? stableVersion : versionOf(tag, series);
}

function isAtLeast(version: string, least: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  const at = parts.findIndex((part, index) => part !== least[index]);
  return at < 0 || parts[at]! > least[at]!;
}

/** The entrypoint script came with 1.19.0. */
function hasEntrypoint(tag: string): boolean {
  return isAtLeast(nginxVersion(tag), [1, 19, 0]);
}

function nginxFiles(tag: string): MemoryFileSystem {
  const version = nginxVersion(tag);
  const isAlpine = tag.includes('alpine');
  const compiler = isAlpine ? 'gcc 14.2.0 (Alpine 14.2.0)' : 'gcc 12.2.0 (Debian 12.2.0-14+deb12u1)';
  const files = distributionFiles(isAlpine ? 'alpine' : 'debian', {
    '/usr/sbin/nginx': nginxProgram({ version, compiler }),
  });
  for (const path of [
    '/etc/nginx/conf.d',
    '/usr/share/nginx/html',
    '/var/cache/nginx',
    '/var/log/nginx',
    '/docker-entrypoint.d',
  ]) {
    files.makeDirectory(path, { parents: true });
  }
  if (hasEntrypoint(tag)) files.installProgram('/docker-entrypoint.sh', entrypoint);
  putText(files, '/etc/nginx/nginx.conf', mainConfig(isAtLeast(version, [1, 21, 0])));
  putText(files, '/etc/nginx/conf.d/default.conf', defaultSite);
  putText(files, '/etc/nginx/mime.types', mimeTypes);
  putText(files, '/usr/share/nginx/html/index.html', welcomePage);
  putText(files, '/usr/share/nginx/html/50x.html', troublePage);
  files.link('/dev/stdout', '/var/log/nginx/access.log', { symbolic: true });
  files.link('/dev/stderr', '/var/log/nginx/error.log', { symbolic: true });
  return files;
}

const steps = [
  '/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration',
  '/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/',
  '/docker-entrypoint.sh: Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh',
  '10-listen-on-ipv6-by-default.sh: info: Getting the checksum of /etc/nginx/conf.d/default.conf',
  '10-listen-on-ipv6-by-default.sh: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf',
  '/docker-entrypoint.sh: Sourcing /docker-entrypoint.d/15-local-resolvers.envsh',
  '/docker-entrypoint.sh: Launching /docker-entrypoint.d/20-envsubst-on-templates.sh',
  '/docker-entrypoint.sh: Launching /docker-entrypoint.d/30-tune-worker-processes.sh',
  '/docker-entrypoint.sh: Configuration complete; ready for start up',
];

/** Says what it configures when the command is nginx, and then becomes the command. */
const entrypoint: Program = function* (context) {
  const argv = context.argv.slice(1);
  const command = argv[0] ?? '';
  if ((command === 'nginx' || command === 'nginx-debug') && !context.environment.get('NGINX_ENTRYPOINT_QUIET_LOGS')) {
    yield* context.stdout.write(encodeUtf8(`${steps.join('\n')}\n`));
  }
  const path = command.includes('/') ? command : searchPath(context, command);
  const program = path === undefined ? undefined : context.machine.loadProgram(path);
  if (!program) {
    yield* context.stderr.write(encodeUtf8(`/docker-entrypoint.sh: exec: line 47: ${command}: not found\n`));
    return 127;
  }
  context.process.argv = argv;
  return yield* program({ ...context, argv });
};

function searchPath({ environment, machine }: Parameters<Program>[0], name: string): string | undefined {
  const directories = (environment.get('PATH') ?? '/usr/sbin:/usr/bin:/sbin:/bin').split(':');
  return directories
    .map((directory) => `${directory}/${name}`)
    .find((path) => machine.files.stat(path)?.type === 'file');
}

function mainConfig(logsNotices: boolean): string {
  return `user  nginx;
worker_processes  ${logsNotices ? 'auto' : '1'};

error_log  /var/log/nginx/error.log ${logsNotices ? 'notice' : 'warn'};
pid        /${logsNotices ? 'run' : 'var/run'}/nginx.pid;

events {
    worker_connections  1024;
}

http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;

    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';

    access_log  /var/log/nginx/access.log  main;

    sendfile        on;
    keepalive_timeout  65;

    include /etc/nginx/conf.d/*.conf;
}
`;
}

const defaultSite = `server {
    listen       80;
    server_name  localhost;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}
`;

const mimeTypes = `types {
    text/html                             html htm shtml;
    text/css                              css;
    text/xml                              xml;
    image/gif                             gif;
    image/jpeg                            jpeg jpg;
    application/javascript                js;
    application/json                      json;
    text/plain                            txt;
    text/markdown                         md;
    image/png                             png;
    image/svg+xml                         svg svgz;
    image/webp                            webp;
    image/x-icon                          ico;
    font/woff                             woff;
    font/woff2                            woff2;
    application/pdf                       pdf;
    application/wasm                      wasm;
    application/zip                       zip;
    application/gzip                      gz;
    video/mp4                             mp4;
    audio/mpeg                            mp3;
}
`;
