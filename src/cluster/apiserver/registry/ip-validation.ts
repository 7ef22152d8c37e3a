import { invalid, type FieldError } from '../../../api/index.ts';

/**
 * IP addresses and networks, read as generously as Go's older parser reads them (leading zeros are decimal).
 * Upstream: apimachinery/pkg/util/validation/ip.go, k8s.io/utils/net
 */
export interface IpAddress {
  readonly family: 'IPv4' | 'IPv6';
  /** Four bytes, or sixteen. */
  readonly bytes: readonly number[];
}

export function parseIp(text: string): IpAddress | undefined {
  if (text.includes(':')) return parseIpv6(text);
  const bytes = parseIpv4(text);
  return bytes && { family: 'IPv4', bytes };
}

function parseIpv4(text: string): readonly number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return undefined;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

function parseIpv6(text: string): IpAddress | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => bytesOfGroups(half));
  if (!head || (halves.length === 2 && !tail)) return undefined;
  const written = head.length + (tail?.length ?? 0);
  if (halves.length === 1 ? written !== 16 : written > 14) return undefined;
  const bytes = [...head, ...Array.from({ length: 16 - written }, () => 0), ...(tail ?? [])];
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
  // Go takes an IPv4-mapped address for the IPv4 address it carries.
  return isMapped ? { family: 'IPv4', bytes: bytes.slice(12) } : { family: 'IPv6', bytes };
}

function bytesOfGroups(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const groups = text.split(':');
  const bytes: number[] = [];
  for (const [at, group] of groups.entries()) {
    if (at === groups.length - 1 && group.includes('.')) {
      const last = parseIpv4(group);
      if (!last) return undefined;
      bytes.push(...last);
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined;
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    }
  }
  return bytes;
}

/** `10.0.0.0/8`; undefined when it is none. */
export function parseCidr(text: string): { readonly address: IpAddress; readonly bits: number } | undefined {
  const slash = text.indexOf('/');
  const address = slash > 0 ? parseIp(text.slice(0, slash)) : undefined;
  const prefix = text.slice(slash + 1);
  if (!address || !/^\d{1,3}$/.test(prefix)) return undefined;
  const bits = Number(prefix);
  return bits <= address.bytes.length * 8 ? { address, bits } : undefined;
}

/** Upstream: IsValidIP in apimachinery/pkg/util/validation/ip.go, as names of IPAddresses are checked */
export function checkIpAddress(text: string): readonly string[] {
  const address = parseIp(text);
  if (!address) return [ipProblem];
  if (address.family === 'IPv4' && text.includes(':')) return ['must not be an IPv4-mapped IPv6 address'];
  if (address.family === 'IPv4' && /(?:^|\.)0\d/.test(text)) return ['must not have leading 0s'];
  const canonical = formatIp(address);
  return canonical === text ? [] : [`must be in canonical form (${JSON.stringify(canonical)})`];
}

/** Groups of zeros are left out once, where there are most. */
function formatIp({ family, bytes }: IpAddress): string {
  if (family === 'IPv4') return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, at) => ((bytes[2 * at]! << 8) | bytes[2 * at + 1]!).toString(16));
  const runs = [...groups.join(':').matchAll(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/g)];
  const longest = runs.toSorted((a, b) => b[0].length - a[0].length)[0];
  const text = groups.join(':');
  if (!longest) return text;
  const before = text.slice(0, longest.index).replace(/:$/, '');
  return `${before}::${text.slice(longest.index + longest[0].length).replace(/^:/, '')}`;
}

const ipProblem = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';

export function validateIp(errors: FieldError[], value: string, path: string): void {
  if (!parseIp(value)) {
    errors.push(invalid(path, value, ipProblem));
  }
}

export function validateCidr(errors: FieldError[], value: string, path: string): void {
  if (!parseCidr(value)) {
    errors.push(invalid(path, value, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'));
  }
}

/** Where traffic to a Service may be sent. Upstream: ValidateEndpointIP */
export function validateEndpointIp(errors: FieldError[], value: string, path: string): void {
  const ip = parseIp(value);
  if (!ip) {
    errors.push(invalid(path, value, 'must be a valid IP address'));
    return;
  }
  if (ip.bytes.every((byte) => byte === 0)) errors.push(invalid(path, value, `may not be unspecified (${value})`));
  if (isLoopback(ip)) {
    errors.push(invalid(path, value, 'may not be in the loopback range (127.0.0.0/8, ::1/128)'));
  }
  if (isLinkLocal(ip)) {
    errors.push(invalid(path, value, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)'));
  }
  if (isLinkLocalMulticast(ip)) {
    errors.push(invalid(path, value, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)'));
  }
}

function isLoopback({ family, bytes }: IpAddress): boolean {
  if (family === 'IPv4') return bytes[0] === 127;
  return bytes.every((byte, at) => byte === (at === 15 ? 1 : 0));
}

function isLinkLocal({ family, bytes: [first = 0, second = 0] }: IpAddress): boolean {
  return family === 'IPv4' ? first === 169 && second === 254 : first === 0xfe && (second & 0xc0) === 0x80;
}

function isLinkLocalMulticast({ family, bytes: [first = 0, second = 0, third] }: IpAddress): boolean {
  return family === 'IPv4' ? first === 224 && second === 0 && third === 0 : first === 0xff && (second & 0x0f) === 0x02;
}
