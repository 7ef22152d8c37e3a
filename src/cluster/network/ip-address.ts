/** IPv4 addresses as numbers. Everything in the cluster is single-stack IPv4, as a cluster made by kind is. */

/** The 32 bits of a dotted quad; undefined when it is none. */
export function parseIp(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return undefined;
  let value = 0;
  for (let index = 1; index <= 4; index++) {
    const octet = Number(match[index]);
    if (octet > 255) return undefined;
    value = value * 256 + octet;
  }
  return value;
}

export function formatIp(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

/** A block of addresses. */
export interface Cidr {
  readonly first: number;
  readonly size: number;
}

/** `10.244.1.0/24`; undefined when it is malformed. */
export function parseCidr(text: string): Cidr | undefined {
  const [address = '', length = ''] = text.split('/');
  const value = parseIp(address);
  const bits = Number(length);
  if (value === undefined || !/^\d{1,2}$/.test(length) || bits > 32) return undefined;
  const size = 2 ** (32 - bits);
  return { first: Math.floor(value / size) * size, size };
}

export function contains(cidr: Cidr, address: number): boolean {
  return address >= cidr.first && address < cidr.first + cidr.size;
}
