import type { Invocation } from '../../command/invocation.ts';
import type { LocalConnection } from '../../kubectl-io.ts';

const dataChannel = 0;
const errorChannel = 1;
/** The first message of each channel is the port number. */
const openings = 2;

/** Joins one local connection with a port of a pod until either ends. Gives back what the node had to say. */
export async function forwardConnection(
  invocation: Invocation,
  path: string,
  port: number,
  local: LocalConnection,
): Promise<string> {
  const client = await invocation.client();
  const remote = await client.connect({ path, query: { ports: port } });
  const writer = remote.writable.getWriter();
  const reader = remote.readable.getReader();
  let isOver = false;
  const sending = (async () => {
    for (let bytes = await local.read(); bytes && !isOver; bytes = await local.read()) {
      const message = new Uint8Array(bytes.length + 1);
      message[0] = dataChannel;
      message.set(bytes, 1);
      await writer.write(message);
    }
  })().catch(() => undefined);
  let problem = '';
  const decoder = new TextDecoder();
  try {
    let seen = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (seen++ < openings) continue;
      const payload = part.value.subarray(1);
      if (part.value[0] === errorChannel) problem += decoder.decode(payload);
      else if (payload.length > 0) await local.write(payload);
    }
  } catch {
    // The local side has gone: nobody wants the rest.
    await reader.cancel().catch(() => undefined);
  } finally {
    isOver = true;
    local.close();
    await writer.abort().catch(() => undefined);
  }
  await sending;
  return problem;
}
