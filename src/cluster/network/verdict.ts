import type { NetworkNamespace } from './network-namespace.ts';

/** A connection that somebody wants to open, after services have been resolved to an endpoint. */
export interface Packet {
  readonly from: NetworkNamespace;
  readonly to: NetworkNamespace;
  /** The callee's address and port. */
  readonly address: string;
  readonly port: number;
  /** The caller's address as the callee sees it. */
  readonly seenAs: string;
}

export interface Verdict {
  readonly isAllowed: boolean;
  /** One sentence for people: which rule decided. */
  readonly detail?: string;
}

/** The one place where traffic between two namespaces is judged. What is not allowed is dropped in silence. */
export type Judge = (packet: Packet) => Verdict;
