import type { Status } from '../../api/index.ts';
import { channels, exitOf } from '../../client/index.ts';
import type { Invocation } from '../command/invocation.ts';
import { CommandError, ExitStatus } from '../errors/command-error.ts';
import type { KubectlIo } from '../kubectl-io.ts';
import type { Query } from '../rest/rest-client.ts';

export interface RemoteStreams {
  readonly stdin: boolean;
  readonly stderr: boolean;
  readonly tty: boolean;
}

/** What the process is joined to. */
export type TerminalEnds = Pick<KubectlIo, 'stdin' | 'stdout' | 'stderr'>;

/**
 * Joins a process in a container to the terminal until it ends.
 * Upstream: client-go/tools/remotecommand (protocol v5.channel.k8s.io)
 * @throws ExitStatus for a command that fails
 */
export async function runRemotely(
  invocation: Invocation,
  path: string,
  query: Query,
  streams: RemoteStreams,
  ends: TerminalEnds = invocation.io,
): Promise<void> {
  const { stdin, stdout } = ends;
  const client = await invocation.client();
  const connection = await client.connect({
    path,
    query: {
      ...query,
      stdin: streams.stdin || undefined,
      stdout: true,
      stderr: streams.stderr || undefined,
      tty: streams.tty || undefined,
    },
  });
  const writer = connection.writable.getWriter();
  const send = (channel: number, payload: Uint8Array) => writer.write(framed(channel, payload)).catch(() => undefined);
  let forgetResize: (() => void) | undefined;
  if (streams.tty) {
    stdin.setRaw?.(true);
    const sendSize = () => void send(channels.resize, sizeMessage(stdout.terminal));
    sendSize();
    forgetResize = stdout.onResize?.(sendSize);
  }
  const isOver = { value: false };
  try {
    if (streams.stdin) void pumpInput(ends, send, isOver);
    const status = await receive(connection.readable, ends);
    report(status);
  } finally {
    isOver.value = true;
    forgetResize?.();
    if (streams.tty) stdin.setRaw?.(false);
    await writer.abort().catch(() => undefined);
  }
}

type Send = (channel: number, payload: Uint8Array) => Promise<void>;

async function pumpInput({ stdin }: TerminalEnds, send: Send, isOver: { readonly value: boolean }): Promise<void> {
  for (;;) {
    const bytes = await stdin.read();
    if (isOver.value) return;
    if (!bytes) break;
    await send(channels.stdin, bytes);
  }
  await send(channels.close, new Uint8Array([channels.stdin]));
}

async function receive(
  readable: ReadableStream<Uint8Array>,
  { stdout, stderr }: TerminalEnds,
): Promise<Status | undefined> {
  const reader = readable.getReader();
  let status: Status | undefined;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return status;
    const payload = value.subarray(1);
    if (value[0] === channels.stdout) stdout.write(payload);
    else if (value[0] === channels.stderr) stderr.write(payload);
    else if (value[0] === channels.error) status = JSON.parse(new TextDecoder().decode(payload)) as Status;
  }
}

function report(status: Status | undefined): void {
  const { code, error } = exitOf(status);
  if (code === 0) return;
  if (code < 0) throw new CommandError(error ?? 'error stream protocol error: unknown error');
  throw new ExitStatus(code, `command terminated with exit code ${code}`);
}

function framed(channel: number, payload: Uint8Array): Uint8Array {
  const message = new Uint8Array(payload.length + 1);
  message[0] = channel;
  message.set(payload, 1);
  return message;
}

function sizeMessage(terminal: { readonly columns: number; readonly rows: number } | undefined): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ Width: terminal?.columns ?? 80, Height: terminal?.rows ?? 24 }));
}
