import type { ByteSink, ByteSource, Cancel } from '../../kernel/index.ts';
import type { UserInfo } from './resource-definition.ts';
import type { RemoteProcess } from '../kubelet/kubelet-server.ts';

/** One HTTP request as plain data: the API server knows no host types. */
export interface ApiRequest {
  /** Upper case. */
  readonly method: string;
  /** Without the query, still percent-encoded: `/api/v1/namespaces/default/pods`. */
  readonly path: string;
  /** Decoded names and values, in the order in which they were given. */
  readonly query: ReadonlyMap<string, readonly string[]>;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body?: Uint8Array;
  /** Who the transport knows the caller to be (a client certificate). Without one the headers decide. */
  readonly user?: UserInfo;
}

/** What the API server answers: one body, or a stream that goes on until it is cancelled. */
export type ApiResponse = ApiBodyResponse | ApiStreamResponse;

export interface ApiBodyResponse {
  readonly status: number;
  /** Names in lower case. A header may come more than once (`warning`). */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** An object to be sent as JSON, or text to be sent as it is. */
  readonly body: object | string;
}

export interface ApiStreamResponse {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Starts the stream. `write` may be called before this returns. */
  readonly stream: (sink: ApiSink) => Cancel;
}

export interface ApiSink {
  /** An object goes out as one line of JSON. */
  write(chunk: string | Uint8Array | object): void;
  /** Nothing more comes. */
  end(): void;
}

/** What `ApiServer.connect` gives: the far end of an exec, an attach or a port-forward. Refusals are thrown ApiErrors. */
export type RemoteSession =
  | {
      readonly type: 'process';
      readonly process: RemoteProcess;
      readonly streams: {
        readonly stdin: boolean;
        readonly stdout: boolean;
        readonly stderr: boolean;
        readonly tty: boolean;
      };
    }
  | {
      readonly type: 'portforward';
      /** The ports that the query asked for; empty when the streams name them. */
      readonly ports: readonly number[];
      /** One TCP connection into the pod; undefined when nothing listens there. */
      open(port: number): { readonly source: ByteSource; readonly sink: ByteSink } | undefined;
    };

export function isStream(response: ApiResponse): response is ApiStreamResponse {
  return 'stream' in response;
}
