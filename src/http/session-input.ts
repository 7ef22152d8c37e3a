import type { Fault } from '../api/index.ts';

/** What can come into a cluster from outside and change it: the entries of the journal. JSON. */
export type SessionInput =
  | { readonly type: 'request'; readonly request: RecordedRequest }
  | { readonly type: 'fault'; readonly fault: Fault; readonly isOn: boolean }
  /** A connection (exec, attach, port-forward, dial) was opened; `id` counts up within a session. */
  | { readonly type: 'open'; readonly id: number; readonly request: RecordedRequest }
  /** A message on it, base64. */
  | { readonly type: 'message'; readonly id: number; readonly bytes: string }
  | { readonly type: 'close'; readonly id: number };

export interface RecordedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Text, or `base64:` and the bytes where the body is no UTF-8. */
  readonly body?: string;
}

/** How a cluster is made; with the journal it is the session. */
export interface SessionOptions {
  readonly seed: number;
  /** Virtual time at the start, in milliseconds since 1970. */
  readonly epochMs: number;
  /** How many nodes, the control plane's included. */
  readonly nodes: number;
  /** How it is set up: one of the profiles of the cluster; kubeadm's when absent. */
  readonly profile?: string;
}

/** Headers that change what a request does; the rest is not recorded. */
const relevantHeaders = [
  'accept',
  'authorization',
  'client-cert',
  'x-forwarded-proto',
  'content-type',
  'user-agent',
  'impersonate-user',
  'impersonate-group',
  'impersonate-uid',
];

/** Header names in lower case that begin so count too: what else an impersonated user is said to be. */
const relevantPrefix = 'impersonate-extra-';

export function relevant(headers: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...headers].filter(([name]) => relevantHeaders.includes(name) || name.startsWith(relevantPrefix)),
  );
}
