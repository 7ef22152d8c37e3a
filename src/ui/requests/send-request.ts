import type { RequestNews } from '../../api/index.ts';
import { ConnectError, type KubeApi } from '../../client/index.ts';
import { apiRequest } from '../stores/api-request.ts';
import { readJsonLines } from '../stores/json-lines.ts';
import type { Order } from './journey-store.ts';

/** Sends a request through the simulated network and tells how it goes as it goes. */
export async function* sendRequest(
  api: KubeApi,
  { from, host, port, path }: Order,
  signal: AbortSignal,
): AsyncGenerator<RequestNews, void> {
  const query = new URLSearchParams({ from, host, port: String(port), path });
  try {
    const { readable } = await api.connect(apiRequest(`/sim/request?${query}`, { signal }));
    yield* readJsonLines<RequestNews>(readable);
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    const { message } = (await error.response.json()) as { readonly message?: string };
    throw new Error(message ?? error.message, { cause: error });
  }
}
