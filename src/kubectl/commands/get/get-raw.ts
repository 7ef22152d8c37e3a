import type { Invocation } from '../../command/invocation.ts';

/** Prints what the server says at a path. Upstream: kubectl/pkg/rawhttp */
export async function getRaw(invocation: Invocation): Promise<void> {
  const client = await invocation.client();
  const response = await client.send({
    path: invocation.flags.getString('raw'),
    isRaw: true,
    accept: 'application/json, */*',
  });
  if (!response.body) return;
  for (const reader = response.body.getReader(); ;) {
    const { value, done } = await reader.read();
    if (done) return;
    invocation.io.stdout.write(value);
  }
}
