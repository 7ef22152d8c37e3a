import type { Status } from '../api/index.ts';
import type { KubeApi } from './kube-api.ts';

export interface ExecResult {
  readonly stdout: string;
  readonly stderr: string;
  /** The command's exit code; -1 when it could not be run at all, with the reason in `error`. */
  readonly code: number;
  readonly error?: string;
}

/** The channels of `v5.channel.k8s.io`: the first byte of each message. */
export const channels = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255 } as const;

/** Runs one command in a container without standard input, and collects what it says. */
export async function execInPod(
  api: KubeApi,
  pod: { readonly namespace: string; readonly name: string; readonly container?: string },
  command: readonly string[],
  signal?: AbortSignal,
): Promise<ExecResult> {
  const parameters = new URLSearchParams({ stdout: 'true', stderr: 'true' });
  if (pod.container) parameters.set('container', pod.container);
  for (const word of command) parameters.append('command', word);
  const path = `/api/v1/namespaces/${pod.namespace}/pods/${pod.name}/exec?${parameters}`;
  const connection = await api.connect(
    new Request(new URL(path, 'http://cluster.local'), { ...(signal && { signal }) }),
  );
  const output = { [channels.stdout]: new TextDecoder(), [channels.stderr]: new TextDecoder() };
  const texts: Record<number, string> = { [channels.stdout]: '', [channels.stderr]: '' };
  let status: Status | undefined;
  const reader = connection.readable.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const channel = value[0]!;
    if (channel === channels.error) status = JSON.parse(new TextDecoder().decode(value.subarray(1))) as Status;
    else if (channel === channels.stdout || channel === channels.stderr) {
      texts[channel] += output[channel].decode(value.subarray(1), { stream: true });
    }
  }
  return { stdout: texts[channels.stdout]!, stderr: texts[channels.stderr]!, ...exitOf(status) };
}

/** The exit code that the last message of an exec carries. */
export function exitOf(status: Status | undefined): { readonly code: number; readonly error?: string } {
  if (!status || status.status === 'Success') return { code: 0 };
  const exitCode = status.details?.causes?.find((cause) => cause.reason === 'ExitCode')?.message;
  if (exitCode !== undefined) return { code: Number(exitCode) };
  return { code: -1, ...(status.message !== undefined && { error: status.message }) };
}
