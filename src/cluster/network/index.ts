export { createNetwork, type NetworkOptions } from './create-network.ts';
export { clusterDnsAddress, clusterDomain } from './dns.ts';
export type { ContainerStack, Dial, DialOptions, Network, PodAttachment, PodNetwork } from './network.ts';
export type { Judge, Packet, Verdict } from './verdict.ts';
