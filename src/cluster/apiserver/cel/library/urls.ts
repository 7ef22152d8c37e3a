import type { Environment } from '@marcbachmann/cel-js';

class CelUrl {
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;

  constructor(text: string) {
    const match = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#.*)?$/.exec(text);
    // oxlint-disable-next-line no-control-regex
    const isAbsolute = match && (match[1] !== undefined || text.startsWith('/')) && !/[\x00-\x20\x7f]/.test(text);
    if (!isAbsolute)
      throw new Error(
        `URL parse error during conversion from string: parse ${JSON.stringify(text)}: invalid URI for request`,
      );
    const [, scheme = '', authority = '', path = '', query = ''] = match;
    this.scheme = scheme.toLowerCase();
    this.host = authority.slice(authority.lastIndexOf('@') + 1);
    this.path = path;
    this.query = query;
  }

  get hostname(): string {
    const [, bracketed, plain = ''] = /^(?:\[([^\]]*)\]|([^:]*))/.exec(this.host) ?? [];
    return bracketed ?? plain;
  }

  get port(): string {
    return /:(\d*)$/.exec(this.host)?.[1] ?? '';
  }
}

/** Upstream: apiserver/pkg/cel/library/urls.go */
export function registerUrls(environment: Environment): void {
  environment
    .registerType('kubernetes.URL', CelUrl)
    .registerFunction('url(string): kubernetes.URL', (text: string) => new CelUrl(text))
    .registerFunction('isURL(string): bool', isUrl)
    .registerFunction('kubernetes.URL.getScheme(): string', ({ scheme }: CelUrl) => scheme)
    .registerFunction('kubernetes.URL.getHost(): string', ({ host }: CelUrl) => host)
    .registerFunction('kubernetes.URL.getHostname(): string', (url: CelUrl) => url.hostname)
    .registerFunction('kubernetes.URL.getPort(): string', (url: CelUrl) => url.port)
    .registerFunction('kubernetes.URL.getEscapedPath(): string', ({ path }: CelUrl) => path)
    .registerFunction('kubernetes.URL.getQuery(): map<string, list<string>>', ({ query }: CelUrl) => queryOf(query));
}

function isUrl(text: string): boolean {
  try {
    return new CelUrl(text) instanceof CelUrl;
  } catch {
    return false;
  }
}

function queryOf(query: string): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const pair of query.split('&').filter(Boolean)) {
    const [name = '', value = ''] = pair.split(/=(.*)/s).map((part) => decode(part.replaceAll('+', ' ')));
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return values;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
