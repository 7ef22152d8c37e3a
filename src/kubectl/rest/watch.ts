import { ApiError, type Status } from '../../api/index.ts';
import { isObject, type JsonObject } from '../resource/json.ts';
import type { RestClient, RestRequest } from './rest-client.ts';

export interface WatchEvent {
  readonly type: string;
  readonly object: JsonObject;
}

/**
 * The events of a watch, until the server ends it or the caller stops reading.
 * @throws ApiError for an ERROR event
 */
export async function* watchEvents(
  client: RestClient,
  request: RestRequest,
  signal?: AbortSignal,
): AsyncGenerator<WatchEvent> {
  const response = await client.send({ ...request, query: { ...request.query, watch: true } }, signal);
  for await (const line of linesOf(response)) {
    const event: unknown = JSON.parse(line);
    if (!isObject(event) || !isObject(event['object'])) continue;
    if (event['type'] === 'ERROR') {
      const status = event['object'] as unknown as Status;
      throw new ApiError(status.code ?? 500, status.reason ?? '', status.message ?? '', status.details);
    }
    yield { type: String(event['type']), object: event['object'] };
  }
}

/** The body of an answer, line by line as it comes. */
export async function* linesOf(response: Response): AsyncGenerator<string> {
  if (!response.body) return;
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
      rest = lines.pop()!;
      for (const line of lines) if (line !== '') yield line;
    }
    if (rest !== '') yield rest;
  } finally {
    // Whoever stops reading also stops the watch.
    await reader.cancel().catch(() => undefined);
  }
}
