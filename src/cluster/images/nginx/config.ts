import { decodeUtf8 } from '../../../kernel/index.ts';
import { FileError, type FileSystem } from '../../../shell/index.ts';
import { ConfigSource, isSameSource, type ConfigFindings } from './config-source.ts';
import { NginxConfigError, parseDirectives, type Directive } from './config-syntax.ts';
import { contextOf } from './directives.ts';

export interface Listen {
  readonly address: string;
  readonly port: number;
  readonly isDefault: boolean;
}

export interface Location {
  readonly modifier: '' | '=' | '~' | '~*' | '^~' | '@';
  readonly path: string;
  readonly settings: Settings;
}

/** What can be said for a server, a location, or everything. */
export interface Settings {
  readonly root: string;
  readonly alias: string | undefined;
  readonly index: readonly string[];
  readonly autoindex: boolean;
  readonly tryFiles: readonly string[];
  readonly answer: { readonly status: number; readonly text: string } | undefined;
  readonly proxyPass: string | undefined;
  readonly proxyHeaders: readonly (readonly [string, string])[];
  readonly headers: readonly (readonly [string, string])[];
  readonly errorPages: ReadonlyMap<number, string>;
  readonly accessLog: string | undefined;
  readonly defaultType: string;
  readonly denies: boolean;
  readonly showsStatus: boolean;
  readonly hidesVersion: boolean;
}

export interface Server {
  readonly listens: readonly Listen[];
  readonly names: readonly string[];
  readonly settings: Settings;
  readonly locations: readonly Location[];
}

export interface NginxConfig {
  readonly servers: readonly Server[];
  readonly upstreams: ReadonlyMap<string, readonly string[]>;
  readonly types: ReadonlyMap<string, string>;
  readonly errorLog: { readonly path: string; readonly level: string };
  readonly logFormats: ReadonlyMap<string, string>;
  readonly accessFormat: string;
  readonly user: Directive | undefined;
  readonly workerProcesses: number;
  readonly pidFile: string;
}

const mainFile = '/etc/nginx/nginx.conf';
const combined =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"';

/** What was made of a main file: the containers of an image share their files, and so their configuration. */
const loaded = new WeakMap<Uint8Array, { readonly path: string; readonly config: NginxConfig } & ConfigFindings>();

/** Reads and checks a configuration with all that it includes. Throws NginxConfigError. */
export function loadConfig(files: FileSystem, path = mainFile): NginxConfig {
  const content = contentOf(new ConfigSource(files), path, undefined);
  const known = loaded.get(content);
  if (known?.path === path && isSameSource(files, known)) return known.config;
  const source = new ConfigSource(files);
  const config = configOf(readFile(source, path, 'main', undefined));
  loaded.set(content, { path, config, ...source.findings });
  return config;
}

function configOf(main: readonly Directive[]): NginxConfig {
  const http = main.find(({ name }) => name === 'http')?.block ?? [];
  if (!main.some(({ name }) => name === 'events')) throw new NginxConfigError('no "events" section in configuration');
  const base = settingsOf(http, emptySettings);
  const errorLog = valueOf(http, 'error_log') ?? valueOf(main, 'error_log') ?? ['/var/log/nginx/error.log', 'error'];
  const formats = new Map(
    http.filter(({ name }) => name === 'log_format').map(({ args }) => [args[0]!, args.slice(1).join('')]),
  );
  formats.set('combined', combined);
  const accessLog = valueOf(http, 'access_log');
  return {
    servers: http.filter(({ name }) => name === 'server').map((server) => serverOf(server, base)),
    upstreams: new Map(http.filter(({ name }) => name === 'upstream').map(upstreamOf)),
    types: typesOf(http),
    errorLog: { path: errorLog[0]!, level: errorLog[1] ?? 'error' },
    logFormats: formats,
    accessFormat: formats.get(accessLog?.[1] ?? 'combined') ?? combined,
    user: main.find(({ name }) => name === 'user'),
    workerProcesses: Number(valueOf(main, 'worker_processes')?.[0]) || 1,
    pidFile: valueOf(main, 'pid')?.[0] ?? '/run/nginx.pid',
  };
}

function readFile(
  source: ConfigSource,
  path: string,
  context: string,
  includer: Directive | undefined,
): readonly Directive[] {
  const text = decodeUtf8(contentOf(source, path, includer));
  return expand(source, parseDirectives(text, path), context);
}

function contentOf(source: ConfigSource, path: string, includer: Directive | undefined): Uint8Array {
  try {
    return source.read(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const number = error.errno === 'ENOENT' ? 2 : 13;
    const where = includer ? ` in ${includer.file}:${includer.line}` : '';
    throw new NginxConfigError(`open() "${path}" failed (${number}: ${error.message})${where}`);
  }
}

/** Checks each directive where it stands and puts the included files in its place. */
function expand(source: ConfigSource, directives: readonly Directive[], context: string): readonly Directive[] {
  return directives.flatMap((directive) => {
    const { name, args, block, file, line } = directive;
    if (name === 'include') return includedBy(source, directive, context);
    if (context === 'types' || context === 'map' || context === 'geo') return [directive];
    const known = contextOf(name);
    if (known === undefined) throw new NginxConfigError(`unknown directive "${name}" in ${file}:${line}`);
    if (known !== 'any' && !known.includes(context)) {
      throw new NginxConfigError(`"${name}" directive is not allowed here in ${file}:${line}`);
    }
    if (
      block === undefined &&
      (name === 'server' || name === 'location' || name === 'http') &&
      context !== 'upstream'
    ) {
      throw new NginxConfigError(`directive "${name}" has no opening "{" in ${file}:${line}`);
    }
    if (
      block === undefined &&
      args.length === 0 &&
      !/^(?:internal|ip_hash|least_conn|stub_status|empty_gif|deny)$/.test(name)
    ) {
      throw new NginxConfigError(`invalid number of arguments in "${name}" directive in ${file}:${line}`);
    }
    return [block ? { ...directive, block: expand(source, block, name) } : directive];
  });
}

function includedBy(source: ConfigSource, directive: Directive, context: string): readonly Directive[] {
  const pattern = directive.args[0] ?? '';
  const path = pattern.startsWith('/') ? pattern : `/etc/nginx/${pattern}`;
  const paths = /[*?[]/.test(path) ? source.glob(path) : [path];
  return paths.flatMap((each) => readFile(source, each, context, directive));
}

function valueOf(directives: readonly Directive[], name: string): readonly string[] | undefined {
  return directives.findLast((directive) => directive.name === name)?.args;
}

const emptySettings: Settings = {
  root: '/etc/nginx/html',
  alias: undefined,
  index: ['index.html'],
  autoindex: false,
  tryFiles: [],
  answer: undefined,
  proxyPass: undefined,
  proxyHeaders: [],
  headers: [],
  errorPages: new Map(),
  accessLog: '/var/log/nginx/access.log',
  defaultType: 'text/plain',
  denies: false,
  showsStatus: false,
  hidesVersion: false,
};

/** What the directives of a block say; what they do not say is inherited, but for what belongs to the block alone. */
function settingsOf(directives: readonly Directive[], outer: Settings): Settings {
  const pairs = (name: string): readonly (readonly [string, string])[] | undefined => {
    const found = directives.filter((directive) => directive.name === name);
    return found.length > 0 ? found.map(({ args }) => [args[0]!, args[1] ?? ''] as const) : undefined;
  };
  const errorPages = directives.filter(({ name }) => name === 'error_page');
  const answer = valueOf(directives, 'return');
  const accessLog = valueOf(directives, 'access_log')?.[0];
  return {
    root: valueOf(directives, 'root')?.[0] ?? outer.root,
    alias: valueOf(directives, 'alias')?.[0],
    index: valueOf(directives, 'index') ?? outer.index,
    autoindex: (valueOf(directives, 'autoindex')?.[0] ?? (outer.autoindex ? 'on' : 'off')) === 'on',
    tryFiles: valueOf(directives, 'try_files') ?? [],
    answer: answer && answerOf(answer),
    proxyPass: valueOf(directives, 'proxy_pass')?.[0],
    proxyHeaders: pairs('proxy_set_header') ?? outer.proxyHeaders,
    headers: pairs('add_header') ?? outer.headers,
    errorPages: errorPages.length > 0 ? new Map(errorPages.flatMap(errorPagesOf)) : outer.errorPages,
    accessLog: accessLog === 'off' ? undefined : (accessLog ?? outer.accessLog),
    defaultType: valueOf(directives, 'default_type')?.[0] ?? outer.defaultType,
    denies: directives.some(({ name, args }) => name === 'deny' && args[0] === 'all'),
    showsStatus: directives.some(({ name }) => name === 'stub_status'),
    hidesVersion: (valueOf(directives, 'server_tokens')?.[0] ?? (outer.hidesVersion ? 'off' : 'on')) === 'off',
  };
}

function answerOf([first, second]: readonly string[]): Settings['answer'] {
  if (/^\d{3}$/.test(first!)) return { status: Number(first), text: second ?? '' };
  return { status: 302, text: first! };
}

function errorPagesOf({ args }: Directive): [number, string][] {
  const uri = args.at(-1)!;
  return args
    .slice(0, -1)
    .filter((arg) => /^\d+$/.test(arg))
    .map((status) => [Number(status), uri]);
}

function serverOf({ block = [] }: Directive, base: Settings): Server {
  const settings = settingsOf(block, base);
  const listens = block.filter(({ name }) => name === 'listen').map(listenOf);
  return {
    listens: listens.length > 0 ? listens : [{ address: '*', port: 80, isDefault: false }],
    names: valueOf(block, 'server_name') ?? [''],
    settings,
    locations: block.filter(({ name }) => name === 'location').map((location) => locationOf(location, settings)),
  };
}

function listenOf({ args, file, line }: Directive): Listen {
  const [, address, port] = /^(?:(\[[^\]]*\]|[^:]*):)?(\d+)$/.exec(args[0]!) ?? /^(.*)()$/.exec(args[0]!)!;
  const number = port ? Number(port) : 80;
  if (number < 1 || number > 65_535)
    throw new NginxConfigError(`invalid port in "${args[0]}" of the "listen" directive in ${file}:${line}`);
  return { address: address || '*', port: number, isDefault: args.includes('default_server') };
}

function locationOf({ args, block = [] }: Directive, outer: Settings): Location {
  const hasModifier = args.length > 1;
  const path = hasModifier ? args[1]! : args[0]!;
  const modifier = hasModifier ? (args[0] as Location['modifier']) : path.startsWith('@') ? '@' : '';
  return { modifier, path, settings: settingsOf(block, outer) };
}

function upstreamOf({ args, block = [] }: Directive): [string, readonly string[]] {
  return [args[0]!, block.filter(({ name }) => name === 'server').map((server) => server.args[0]!)];
}

function typesOf(http: readonly Directive[]): ReadonlyMap<string, string> {
  const types = http.filter(({ name }) => name === 'types').flatMap(({ block }) => block ?? []);
  return new Map(types.flatMap(({ name, args }) => args.map((extension) => [extension, name] as const)));
}
