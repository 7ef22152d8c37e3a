import type { KubeApi } from '../../client/index.ts';
import { WireWriter } from './wire-writer.ts';

/** The only form in which client-go asks for the OpenAPI v2 document. */
export const openApiProtobuf = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';

/** What the answer is called: without the @, which is not allowed in the name of a type. */
const answerType = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

type Json = { readonly [key: string]: unknown };

/** What kinds there are and which parameters their requests take, for kubectl's validation of kinds it does not find. */
export async function openApiInProtobuf(api: KubeApi, request: Request): Promise<Response> {
  const headers = new Headers(request.headers);
  headers.set('accept', 'application/json');
  const answer = await api.fetch(new Request(request.url, { headers, signal: request.signal }));
  if (!answer.ok) return answer;
  const document = (await answer.json()) as Json;
  return new Response(encodeOpenApi(document), { headers: { 'content-type': answerType } });
}

/**
 * An OpenAPI v2 document as gnostic writes it.
 * Upstream: github.com/google/gnostic-models/openapiv2/OpenAPIv2.proto
 * Differs: only what kubectl looks for: each path's operations with their kind and query parameters.
 */
export function encodeOpenApi(document: Json): Buffer<ArrayBuffer> {
  const info = objectAt(document, 'info');
  const paths = new WireWriter();
  for (const [name, item] of Object.entries(objectAt(document, 'paths'))) {
    paths.message(2, new WireWriter().text(1, name).message(2, pathItem(item as Json)));
  }
  return new WireWriter()
    .text(1, '2.0')
    .message(2, new WireWriter().text(1, textAt(info, 'title')).text(2, textAt(info, 'version')))
    .message(8, paths)
    .bytes();
}

const methods = { get: 2, put: 3, post: 4, delete: 5, patch: 8 } as const;

function pathItem(item: Json): WireWriter {
  const writer = new WireWriter();
  for (const [method, number] of Object.entries(methods)) {
    if (item[method] !== undefined) writer.message(number, operation(item[method] as Json));
  }
  for (const parameter of listAt(item, 'parameters')) writeParameter(writer, 9, parameter);
  return writer;
}

function operation(item: Json): WireWriter {
  const writer = new WireWriter().text(5, textAt(item, 'operationId'));
  for (const parameter of listAt(item, 'parameters')) writeParameter(writer, 8, parameter);
  for (const [name, value] of Object.entries(item)) {
    if (!name.startsWith('x-')) continue;
    // Extensions travel as YAML, of which JSON is a part.
    writer.message(13, new WireWriter().text(1, name).message(2, new WireWriter().text(2, JSON.stringify(value))));
  }
  return writer;
}

function writeParameter(writer: WireWriter, number: number, parameter: Json): void {
  if (parameter['in'] !== 'query') return;
  const query = new WireWriter()
    .bool(1, parameter['required'] === true)
    .text(2, 'query')
    .text(4, textAt(parameter, 'name'));
  const nonBody = new WireWriter().message(3, query);
  writer.message(number, new WireWriter().message(1, new WireWriter().message(2, nonBody)));
}

function objectAt(object: Json, key: string): Json {
  return (object[key] ?? {}) as Json;
}

function listAt(object: Json, key: string): readonly Json[] {
  return (object[key] ?? []) as readonly Json[];
}

function textAt(object: Json, key: string): string {
  return typeof object[key] === 'string' ? object[key] : '';
}
