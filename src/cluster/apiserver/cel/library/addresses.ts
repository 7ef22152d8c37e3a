import type { Environment } from '@marcbachmann/cel-js';
import { parseCidr, parseIp, type IpAddress } from '../../registry/ip-validation.ts';

class CelIp {
  readonly address: IpAddress;

  constructor(text: string) {
    const address = parseIp(text);
    if (!address || /(?:^|\.)0\d/.test(text)) {
      throw new Error(
        `IP Address ${JSON.stringify(text)} parse error during conversion from string: unable to parse IP`,
      );
    }
    this.address = address;
  }
}

class CelCidr {
  readonly text: string;
  readonly address: IpAddress;
  readonly bits: number;

  constructor(text: string) {
    const cidr = parseCidr(text);
    if (!cidr)
      throw new Error(
        `network address parse error during conversion from string: invalid CIDR ${JSON.stringify(text)}`,
      );
    this.text = text;
    this.address = cidr.address;
    this.bits = cidr.bits;
  }
}

/** Upstream: apiserver/pkg/cel/library/ip.go, cidr.go */
export function registerAddresses(environment: Environment): void {
  const isOf = (test: (bytes: readonly number[]) => boolean) => (ip: CelIp) => test(ip.address.bytes);
  environment
    .registerType('net.IP', CelIp)
    .registerType('net.CIDR', CelCidr)
    .registerFunction('ip(string): net.IP', (text: string) => new CelIp(text))
    .registerFunction('isIP(string): bool', (text: string) => isMade(() => new CelIp(text)))
    .registerFunction('net.IP.family(): int', ({ address }: CelIp) => (address.family === 'IPv4' ? 4n : 6n))
    .registerFunction(
      'net.IP.isUnspecified(): bool',
      isOf((bytes) => bytes.every((byte) => byte === 0)),
    )
    .registerFunction('net.IP.isLoopback(): bool', isOf(isLoopback))
    .registerFunction('net.IP.isLinkLocalUnicast(): bool', isOf(isLinkLocalUnicast))
    .registerFunction('net.IP.isLinkLocalMulticast(): bool', isOf(isLinkLocalMulticast))
    .registerFunction('net.IP.isGlobalUnicast(): bool', isOf(isGlobalUnicast))
    .registerFunction('cidr(string): net.CIDR', (text: string) => new CelCidr(text))
    .registerFunction('isCIDR(string): bool', (text: string) => isMade(() => new CelCidr(text)))
    .registerFunction('net.CIDR.containsIP(string): bool', (net: CelCidr, ip: string) =>
      contains(net, new CelIp(ip).address),
    )
    .registerFunction('net.CIDR.containsIP(net.IP): bool', (net: CelCidr, ip: CelIp) => contains(net, ip.address))
    .registerFunction('net.CIDR.containsCIDR(string): bool', (net: CelCidr, text: string) =>
      containsNet(net, new CelCidr(text)),
    )
    .registerFunction('net.CIDR.containsCIDR(net.CIDR): bool', containsNet)
    .registerFunction('net.CIDR.prefixLength(): int', ({ bits }: CelCidr) => BigInt(bits));
}

function isMade(make: () => object): boolean {
  try {
    return make() !== undefined;
  } catch {
    return false;
  }
}

function contains({ address, bits }: CelCidr, ip: IpAddress): boolean {
  if (ip.family !== address.family) return false;
  return address.bytes.every((byte, at) => {
    const kept = Math.min(8, Math.max(0, bits - at * 8));
    const mask = (0xff << (8 - kept)) & 0xff;
    return (byte & mask) === (ip.bytes[at]! & mask);
  });
}

function containsNet(net: CelCidr, other: CelCidr): boolean {
  return other.bits >= net.bits && contains(net, other.address);
}

function isLoopback(bytes: readonly number[]): boolean {
  return bytes.length === 4 ? bytes[0] === 127 : bytes.at(-1) === 1 && bytes.slice(0, -1).every((byte) => byte === 0);
}

function isLinkLocalUnicast([first, second = 0, ...rest]: readonly number[]): boolean {
  if (rest.length === 2) return first === 169 && second === 254;
  return first === 0xfe && (second & 0xc0) === 0x80;
}

function isMulticast(bytes: readonly number[]): boolean {
  return bytes.length === 4 ? (bytes[0]! & 0xf0) === 0xe0 : bytes[0] === 0xff;
}

function isLinkLocalMulticast([first, second = 0, ...rest]: readonly number[]): boolean {
  if (rest.length === 2) return first === 224 && second === 0 && rest[0] === 0;
  return first === 0xff && (second & 0x0f) === 0x02;
}

function isGlobalUnicast(bytes: readonly number[]): boolean {
  const isSpecial = isLoopback(bytes) || isLinkLocalUnicast(bytes) || isMulticast(bytes);
  return !isSpecial && bytes.some((byte) => byte !== 0) && !(bytes.length === 4 && bytes.every((byte) => byte === 255));
}
