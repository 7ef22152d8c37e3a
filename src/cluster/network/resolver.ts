/** How a program finds the address of a name: /etc/hosts, then the name servers of /etc/resolv.conf (resolv.conf(5)). */

export interface ResolverConfig {
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
  /** A name with at least so many dots is tried as it is before the search list. */
  readonly ndots: number;
  readonly timeoutMs: number;
  readonly attempts: number;
}

export function parseResolvConf(text: string): ResolverConfig {
  const nameservers: string[] = [];
  let search: readonly string[] = [];
  let ndots = 1;
  let timeoutMs = 5000;
  let attempts = 2;
  for (const line of text.split('\n')) {
    const [keyword, ...values] = line.trim().split(/\s+/);
    if (keyword === 'nameserver' && values[0] && nameservers.length < 3) nameservers.push(values[0]);
    if (keyword === 'search' || keyword === 'domain') search = values;
    if (keyword !== 'options') continue;
    for (const option of values) {
      const [name, value = ''] = option.split(':');
      if (name === 'ndots') ndots = Math.min(15, Number(value) || 0);
      if (name === 'timeout') timeoutMs = Math.min(30, Number(value) || 5) * 1000;
      if (name === 'attempts') attempts = Math.min(5, Number(value) || 2);
    }
  }
  return { nameservers, search, ndots, timeoutMs, attempts };
}

/** The full names to ask for, in order. */
export function candidates(name: string, { search, ndots }: ResolverConfig): readonly string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const searched = search.map((domain) => `${name}.${domain.replace(/\.$/, '')}`);
  const dots = name.split('.').length - 1;
  return dots >= ndots ? [name, ...searched] : [...searched, name];
}

/** The addresses that a hosts file gives for a name. */
export function lookUpHosts(text: string, name: string): readonly string[] {
  const wanted = name.toLowerCase().replace(/\.$/, '');
  const found: string[] = [];
  for (const line of text.split('\n')) {
    const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (!address || address.includes(':')) continue;
    if (names.some((each) => each.toLowerCase() === wanted)) found.push(address);
  }
  return found;
}
