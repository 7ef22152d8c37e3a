import { CommandError } from '../../errors/command-error.ts';

export interface ListenAddress {
  readonly address: string;
  readonly protocol: 'tcp4' | 'tcp6';
  /** `all`: one of the addresses is enough, as for localhost. */
  readonly failureMode: 'all' | 'any';
}

/** `--address`. Upstream: client-go/tools/portforward/portforward.go parseAddresses */
export function listenAddresses(words: readonly string[]): readonly ListenAddress[] {
  const found = new Map<string, ListenAddress>();
  for (const word of words) {
    if (word === 'localhost') {
      found.set('127.0.0.1', { address: '127.0.0.1', protocol: 'tcp4', failureMode: 'all' });
      found.set('::1', { address: '::1', protocol: 'tcp6', failureMode: 'all' });
    } else if (isIpv4(word)) found.set(word, { address: word, protocol: 'tcp4', failureMode: 'any' });
    else if (/^[0-9a-fA-F:]*:[0-9a-fA-F:.]*$/.test(word)) {
      found.set(word, { address: word, protocol: 'tcp6', failureMode: 'any' });
    } else throw new CommandError(`${word} is not a valid IP`);
  }
  return [...found.values()].sort((a, b) => (a.address < b.address ? -1 : 1));
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
}

export function hostAndPort(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
