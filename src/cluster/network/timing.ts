/** How long packets take, one way, in milliseconds: about what a small cluster on one switch shows. */
import type { RandomStream } from '../../kernel/index.ts';
import type { NetworkNamespace } from './network-namespace.ts';

export function oneWayMs(from: NetworkNamespace, to: NetworkNamespace, random: RandomStream): number {
  if (from === to) return random.between(0.01, 0.03);
  if (from.nodeName !== '' && from.nodeName === to.nodeName) return random.between(0.03, 0.09);
  if (from.type === 'outside' || to.type === 'outside') return random.between(0.4, 1.2);
  return random.between(0.12, 0.4);
}

/** From a caller to the cluster's DNS and back. */
export function dnsRoundTripMs(random: RandomStream): number {
  return random.between(0.3, 1.2);
}

/** Linux asks three times, a second apart, who has an address; then it is "No route to host". */
export const unreachableAfterMs = 3060;

/** Linux sends a SYN seven times in 127 seconds before it gives up. */
export const connectTimeoutMs = 127_000;
