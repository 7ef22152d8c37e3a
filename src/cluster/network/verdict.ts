import type { NetworkNamespace } from './network-namespace.ts';

/** A connection that somebody wants to open, after services have been resolved to an endpoint. */
export interface Packet {
  readonly from: NetworkNamespace;
  readonly to: NetworkNamespace;
  readonly port: number;
}

export interface Verdict {
  readonly isAllowed: boolean;
  /** One sentence for people: which rule decided. */
  readonly detail?: string;
}

/** The one place where traffic between two namespaces is judged. What is not allowed is dropped in silence. */
export type Judge = (packet: Packet) => Verdict;

/** As in a cluster without any policy: everybody may talk to everybody. */
export const allowEverything: Judge = () => ({ isAllowed: true });
