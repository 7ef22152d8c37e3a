import type { Cancel } from '../../kernel/index.ts';
import type { ByteSink, ByteSource } from '../../kernel/index.ts';
import type { RemoteProcess } from '../kubelet/kubelet-server.ts';

/** One request as it crosses the seam, without any host's types. */
export interface ApiRequest {
  readonly method: string;
  /** Decoded only where the router decodes it: `/api/v1/namespaces/default/pods`. */
  readonly path: string;
  readonly query: ReadonlyMap<string, readonly string[]>;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body?: Uint8Array;
}

export type ApiResponse = WholeResponse | StreamedResponse;

export interface WholeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Several `Warning` headers may be sent. */
  readonly warnings?: readonly string[];
  /** An object goes out as JSON; a string as it is. */
  readonly body: unknown;
}

/** A watch, or logs that are followed: what is there at once, then more as it happens. */
export interface StreamedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly warnings?: readonly string[];
  readonly stream: (sink: ResponseSink) => Cancel;
}

export interface ResponseSink {
  /** An object goes out as one line of JSON. */
  write(chunk: string | Uint8Array | object): void;
  end(): void;
}

/** What an accepted `connect` gives: a process in a container, or connections to ports of a pod. */
export type RemoteSession =
  | { readonly kind: 'process'; readonly process: RemoteProcess; readonly tty: boolean }
  | {
      readonly kind: 'ports';
      readonly ports: readonly number[];
      dial(port: number): { readonly source: ByteSource; readonly sink: ByteSink } | undefined;
    };
