export interface Url {
  readonly scheme: string;
  readonly user: string | undefined;
  readonly host: string;
  readonly port: number;
  /** Path and query, beginning with a slash. */
  readonly target: string;
  /** As for the Host header: without a port that goes without saying. */
  readonly authority: string;
}

const defaultPorts: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** `http://user@host:port/path?query#fragment`; the scheme may be missing. */
export function parseUrl(text: string): Url | undefined {
  const match =
    /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):\/\/)?(?:([^/@]*)@)?(\[[^\]]*\]|[^/:?#\s]*)(?::(\d*))?([/?][^#\s]*)?(?:#.*)?$/.exec(
      text,
    );
  if (!match) return undefined;
  const [, scheme = 'http', user, host, port, path = '/'] = match;
  if (!host) return undefined;
  const lower = scheme.toLowerCase();
  const number = port ? Number(port) : (defaultPorts[lower] ?? 80);
  if (number > 65_535) return undefined;
  return {
    scheme: lower,
    user,
    host: host.replace(/^\[|\]$/g, ''),
    port: number,
    target: path.startsWith('?') ? `/${path}` : path,
    authority: number === defaultPorts[lower] ? host : `${host}:${number}`,
  };
}

/** Where a Location header leads from a URL. */
export function resolveUrl(base: Url, location: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(location)) return location;
  if (location.startsWith('//')) return `${base.scheme}:${location}`;
  const origin = `${base.scheme}://${base.authority}`;
  if (location.startsWith('/')) return origin + location;
  return `${origin}${base.target.replace(/[?#].*$/, '').replace(/[^/]*$/, '')}${location}`;
}
