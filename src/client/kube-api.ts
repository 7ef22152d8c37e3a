/**
 * The seam. Everything that looks at the cluster or changes it comes through here, so the same clients work against
 * the simulator in the worker, the bridge, or a real cluster behind `kubectl proxy`.
 * URLs may be relative to any origin; only path and query count.
 */
export interface KubeApi {
  /** Everything that is one request. Watches and `logs -f` stream the body; abort the request's signal to end them. */
  fetch(request: Request): Promise<Response>;
  /**
   * exec, attach and port-forward, which a real cluster serves by upgrading the connection.
   * Every chunk is one whole message of the `v5.channel.k8s.io` protocol: a channel byte, then the payload.
   * Rejects with a `Response`-carrying ConnectError when the server refuses.
   */
  connect(request: Request): Promise<KubeConnection>;
}

export interface KubeConnection {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
}

/** The server's refusal of a `connect`, with the Status in its body. */
export class ConnectError extends Error {
  override readonly name = 'ConnectError';
  readonly response: Response;

  constructor(response: Response) {
    super(`the server refused the connection: ${response.status}`);
    this.response = response;
  }
}
