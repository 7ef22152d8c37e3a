import type { KubeApi } from '../../client/index.ts';
import { decodeObject } from './decode.ts';
import { openApiInProtobuf, openApiProtobuf } from './open-api-document.ts';

const protobuf = 'application/vnd.kubernetes.protobuf';

/**
 * Lets clients send protobuf, as kubectl and helm do for built-in kinds.
 * Differs: answers are JSON, which these clients accept beside protobuf; only the OpenAPI v2 document goes out as protobuf.
 */
export function acceptProtobuf(api: KubeApi): KubeApi {
  return {
    connect: (request) => api.connect(request),
    async fetch(request) {
      if (request.headers.get('accept') === openApiProtobuf) return openApiInProtobuf(api, request);
      if (!request.headers.get('content-type')?.startsWith(protobuf)) return api.fetch(request);
      const bytes = new Uint8Array(await request.arrayBuffer());
      let body;
      try {
        body = bytes.length === 0 ? undefined : JSON.stringify(decodeObject(bytes));
      } catch (error) {
        return badRequest(error);
      }
      const headers = new Headers(request.headers);
      headers.set('content-type', 'application/json');
      headers.delete('content-length');
      const { url, method, signal } = request;
      return api.fetch(new Request(url, { method, headers, signal, ...(body !== undefined && { body }) }));
    },
  };
}

function badRequest(error: unknown): Response {
  const message = `the object provided is unrecognized: ${error instanceof Error ? error.message : String(error)}`;
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason: 'BadRequest',
    code: 400,
  };
  return Response.json(status, { status: 400 });
}
