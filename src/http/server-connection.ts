import { channels } from '../client/index.ts';
import type { ApiRequest, Cluster, RemoteSession } from '../cluster/index.ts';
import { Pipe, ProcessTable, type ByteSink, type ByteSource } from '../kernel/index.ts';
import { Outbox } from './outbox.ts';
import { openRequest } from './sim/open-request.ts';

/** The server's side of a connection: messages in, messages out, all plain and synchronous. */
export interface ServerConnection {
  /** A message from the client. */
  receive(bytes: Uint8Array): void;
  /** The client went away. */
  hangUp(): void;
  /** Messages for the client. What came before somebody listens is kept. */
  onMessage(take: (bytes: Uint8Array) => void): void;
  /** The server is done. */
  onClose(ended: () => void): void;
}

/** Opens what the request asks for. Throws the ApiError of a refusal. */
export function openConnection(cluster: Cluster, request: ApiRequest): ServerConnection {
  if (request.path === '/sim/dial') return dial(cluster, request);
  if (request.path === '/sim/request') return openRequest(cluster, request);
  const session = cluster.apiServer.connect(request);
  return session.type === 'process' ? processConnection(session) : portsConnection(cluster, session);
}

function onChannel(channel: number, payload: Uint8Array): Uint8Array {
  const message = new Uint8Array(payload.length + 1);
  message[0] = channel;
  message.set(payload, 1);
  return message;
}

/**
 * exec and attach in the `v5.channel.k8s.io` protocol.
 * Upstream: apimachinery/pkg/util/remotecommand, kubelet/pkg/cri/streaming/remotecommand
 */
function processConnection({ process }: Extract<RemoteSession, { type: 'process' }>): ServerConnection {
  const outbox = new Outbox();
  process.onOutput((stream, bytes) => outbox.send(onChannel(channels[stream], bytes)));
  process.onExit((exit) => {
    outbox.send(onChannel(channels.error, new TextEncoder().encode(JSON.stringify(exitStatus(exit)))));
    outbox.close();
  });
  return {
    receive(message) {
      const payload = message.subarray(1);
      if (message[0] === channels.stdin) process.write(payload);
      else if (message[0] === channels.close && payload[0] === channels.stdin) process.closeStdin();
      else if (message[0] === channels.resize) resize(process, payload);
    },
    hangUp: () => process.disconnect(),
    onMessage: (take) => outbox.onMessage(take),
    onClose: (ended) => outbox.onClose(ended),
  };
}

function resize(process: { resize(columns: number, rows: number): void }, payload: Uint8Array): void {
  let size: unknown;
  try {
    size = JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return; // A size that cannot be read changes nothing, as upstream.
  }
  if (typeof size !== 'object' || size === null) return;
  // Go minds no case in the names of fields, and clients make use of that.
  const fields = new Map(Object.entries(size).map(([name, value]) => [name.toLowerCase(), value as unknown]));
  const [columns, rows] = [fields.get('width'), fields.get('height')];
  if (isSize(columns) && isSize(rows)) process.resize(columns, rows);
}

function isSize(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0xffff;
}

function exitStatus(exit: { readonly code: number; readonly error?: string }): object {
  if (exit.error !== undefined) {
    const details = { causes: [{ message: exit.error }] };
    return {
      metadata: {},
      status: 'Failure',
      message: `Internal error occurred: ${exit.error}`,
      reason: 'InternalError',
      details,
      code: 500,
    };
  }
  if (exit.code === 0) return { metadata: {}, status: 'Success' };
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: exit status ${exit.code}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(exit.code) }] },
  };
}

/**
 * port-forward over WebSocket: for the n-th port, channel 2n carries data and 2n+1 errors; each begins with the port number.
 * As in v5 of the protocol for exec, a message on the channel of closing says that nothing more comes for another one.
 * Upstream: kubelet/pkg/cri/streaming/portforward/websocket.go
 */
function portsConnection(cluster: Cluster, session: Extract<RemoteSession, { type: 'portforward' }>): ServerConnection {
  const outbox = new Outbox();
  let open = session.ports.length;
  const linkEnded = () => {
    if (--open === 0) outbox.close();
  };
  const links = session.ports.map((port, index) => {
    const number = new Uint8Array([port & 0xff, port >> 8]);
    const [data, errors] = [2 * index, 2 * index + 1];
    outbox.send(onChannel(data, number));
    outbox.send(onChannel(errors, number));
    const stream = session.open(port);
    if (!stream) outbox.send(onChannel(errors, new TextEncoder().encode(refusedText(port))));
    return new OutsideLink(cluster, stream, (bytes) => outbox.send(onChannel(data, bytes)), linkEnded);
  });
  return {
    receive(message) {
      if (message[0] === channels.close) links[message[1]! >> 1]?.close();
      else links[message[0]! >> 1]?.send(message.subarray(1));
    },
    hangUp: () => links.forEach((link) => link.close()),
    onMessage: (take) => outbox.onMessage(take),
    onClose: (ended) => outbox.onClose(ended),
  };
}

/** What containerd says when nothing listens there. Upstream: containerd internal/cri/server/sandbox_portforward_linux.go */
function refusedText(port: number): string {
  return (
    `error forwarding port ${port} to pod: failed to execute portforward in network namespace: ` +
    `failed to connect to localhost:${port} inside namespace, IPv4: dial tcp4 127.0.0.1:${port}: connect: connection refused ` +
    'IPv6 dial tcp6: address localhost: no suitable address found'
  );
}

/** A raw TCP connection from the learner's workstation. A failure is one message: `!` and the errno. */
function dial(cluster: Cluster, request: ApiRequest): ServerConnection {
  const outbox = new Outbox();
  const host = request.query.get('host')?.[0] ?? '';
  const port = Number(request.query.get('port')?.[0]);
  const inbox = new Pipe();
  cluster.outside.spawn({
    argv: ['dial', host, String(port)],
    *body() {
      const connection = yield* cluster.network.dialFromOutside(host, port);
      if (typeof connection === 'string') {
        outbox.send(new TextEncoder().encode(`!${connection}`));
        outbox.close();
        return 1;
      }
      outbox.send(new TextEncoder().encode('+'));
      pump(cluster.outside, inbox.source, connection, () => connection.shutdown());
      for (let bytes = yield* connection.read(); bytes; bytes = yield* connection.read()) outbox.send(bytes);
      connection.close();
      outbox.close();
      return 0;
    },
  });
  return {
    receive: (bytes) => inbox.push(bytes),
    hangUp: () => inbox.end(),
    onMessage: (take) => outbox.onMessage(take),
    onClose: (ended) => outbox.onClose(ended),
  };
}

/** Leads a stream inside the cluster to plain callbacks outside. */
class OutsideLink {
  readonly #inbox = new Pipe();

  constructor(
    cluster: Cluster,
    stream: { source: ByteSource; sink: ByteSink } | undefined,
    take: (bytes: Uint8Array) => void,
    ended: () => void,
  ) {
    if (!stream) {
      ended();
      return;
    }
    pump(cluster.outside, this.#inbox.source, stream.sink, () => stream.sink.close());
    pump(
      cluster.outside,
      stream.source,
      {
        *write(bytes) {
          take(bytes);
        },
        close() {},
      },
      ended,
    );
  }

  send(bytes: Uint8Array): void {
    this.#inbox.push(bytes);
  }

  close(): void {
    this.#inbox.end();
  }
}

function pump(processes: ProcessTable, source: ByteSource, sink: ByteSink, end: () => void): void {
  processes.spawn({
    argv: ['pump'],
    *body() {
      for (let bytes = yield* source.read(); bytes; bytes = yield* source.read()) yield* sink.write(bytes);
      end();
      return 0;
    },
  });
}
