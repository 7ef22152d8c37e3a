import type { ObjectSchema } from '../../api/schema/type-schema.ts';
import type { RandomStream } from '../../kernel/index.ts';
import { hostileText, hostileValue } from './hostile-values.ts';
import { damaged, randomObject } from './random-object.ts';
import type { ServedPath } from './served-paths.ts';

/** A request as plain data, so that it can be shown and sent again. */
export interface FuzzRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: Uint8Array;
  /** The namespace that the path names; undefined when it names none. */
  readonly namespace?: string;
}

/** Where the fuzzer works; nothing else may change or be seen. */
export const fuzzedNamespaces = ['fuzz-a', 'fuzz-b'];
const names = ['one', 'two', 'three', 'web', 'default'];

const queries: readonly ((random: RandomStream) => string)[] = [
  (random) => `limit=${random.pick(['1', '5', '0', '-1', 'abc', '99999999999999999999'])}`,
  (random) => `continue=${random.pick(['garbage', 'eyJ2IjoibWV0YS5rOHMuaW8vdjEifQ', '%00', ''])}`,
  (random) => `resourceVersion=${random.pick(['0', '1', '', '-5', 'abc', '999999999', '18446744073709551616'])}`,
  (random) => `resourceVersionMatch=${random.pick(['Exact', 'NotOlderThan', 'Never'])}`,
  (random) => `labelSelector=${encodeSafely(random.pick(['a=b', 'a in (b,c)', '!a', hostileText(random)]))}`,
  (random) =>
    `fieldSelector=${encodeSafely(random.pick(['metadata.name=one', 'spec.nodeName=', hostileText(random)]))}`,
  (random) => `watch=${random.pick(['1', 'true', 'false', 'maybe'])}`,
  (random) => `timeoutSeconds=${random.pick(['1', '0', '-1', 'x'])}`,
  (random) => `allowWatchBookmarks=${random.pick(['true', '7'])}`,
  (random) => `sendInitialEvents=${random.pick(['true', 'false', ''])}`,
  (random) => `dryRun=${random.pick(['All', 'None', ''])}`,
  (random) => `fieldValidation=${random.pick(['Strict', 'Warn', 'Ignore', 'Loose'])}`,
  (random) => `fieldManager=${random.pick(['me', '', 'm'.repeat(200), '%07'])}`,
  (random) => `force=${random.pick(['true', 'false', 'x'])}`,
  (random) => `propagationPolicy=${random.pick(['Foreground', 'Background', 'Orphan', 'Never'])}`,
  (random) => `gracePeriodSeconds=${random.pick(['0', '30', '-1', 'soon'])}`,
  (random) => `pretty=${random.pick(['true', 'x'])}`,
  (random) => `container=${encodeSafely(hostileText(random))}`,
  (random) => `tailLines=${random.pick(['1', '-1', 'x'])}`,
  (random) => `includeObject=${random.pick(['None', 'Metadata', 'Object', 'Nothing'])}`,
  (random) => `${encodeSafely(hostileText(random))}=${encodeSafely(hostileText(random))}`,
  () => '%zz=%',
  () => '&&==&',
];

const accepts = [
  'application/json',
  '*/*',
  'application/yaml',
  'application/json;as=Table;v=v1;g=meta.k8s.io,application/json',
  'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io',
  'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json',
  'application/vnd.kubernetes.protobuf,application/json',
  'application/cbor',
  'text/html',
  ';;;=,',
];

const patchTypes = [
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/json-patch+json',
  'application/apply-patch+yaml',
];

const otherTypes = [
  'application/json',
  'application/json; charset=utf-8',
  'application/yaml',
  'application/vnd.kubernetes.protobuf',
  'text/plain',
  'application/x-www-form-urlencoded',
  '__proto__',
  '',
];

/** Makes requests, each from the random numbers that the stream gives next. */
export class RequestMaker {
  readonly #random: RandomStream;
  readonly #served: readonly ServedPath[];
  readonly #schemaOf: (apiVersion: string, kind: string) => ObjectSchema | undefined;

  constructor(
    random: RandomStream,
    served: readonly ServedPath[],
    schemaOf: (apiVersion: string, kind: string) => ObjectSchema | undefined,
  ) {
    this.#random = random;
    this.#served = served;
    this.#schemaOf = schemaOf;
  }

  next(): FuzzRequest {
    const random = this.#random;
    const target = random.pick(this.#served);
    const namespace = target.isNamespaced && random.number() < 0.9 ? random.pick(fuzzedNamespaces) : undefined;
    const name = random.number() < 0.05 ? encodeSafely(hostileText(random)) : random.pick(names);
    const method = random.pick([
      'GET',
      'GET',
      'POST',
      'POST',
      'POST',
      'PUT',
      'PATCH',
      'PATCH',
      'DELETE',
      'HEAD',
      'FOO',
    ]);
    // Whole collections go rarely, or there would be nothing left to work on.
    const isCollection =
      method === 'POST' ? random.number() < 0.85 : random.number() < (method === 'DELETE' ? 0.02 : 0.2);
    const below =
      !isCollection && random.number() < 0.2 ? `/${random.pick([...target.subresources, 'status', 'nope'])}` : '';
    const place = namespace === undefined ? target.root : `${target.root}/namespaces/${namespace}`;
    const path = `${place}/${target.resource}${isCollection ? '' : `/${name}${below}`}`;
    const query = Array.from({ length: random.pick([0, 0, 1, 2, 3]) }, () => random.pick(queries)(random));
    const search = query.length > 0 ? `?${query.join('&')}` : '';
    const url = random.number() < 0.01 ? this.#strangeUrl() : path + search;
    const headers = this.#headers(method);
    const hasBody = !['GET', 'HEAD'].includes(method) && random.number() < (method === 'DELETE' ? 0.3 : 0.98);
    return {
      method,
      url,
      headers,
      ...(hasBody && { body: this.#body(target, name, namespace, method) }),
      ...(namespace !== undefined && url.startsWith(path) && { namespace }),
    };
  }

  #strangeUrl(): string {
    const text = encodeSafely(hostileText(this.#random));
    return this.#random.pick([
      `/${text}`,
      `/api/${text}`,
      `/apis/${text}/v1/pods`,
      `/api/v1/namespaces/${text}/pods`,
      '//api//v1//pods',
      '/api/v1/namespaces/fuzz-a/pods/one/log/more/and/more',
      '/api/v1/pods/one',
      `/openapi/v3/${text}`,
      '/openapi/v2?x',
      '/readyz/x/y/z?verbose',
      '/api/v1/%',
    ]);
  }

  #headers(method: string): readonly (readonly [string, string])[] {
    const random = this.#random;
    const type = random.pick(
      method === 'PATCH' && random.number() < 0.95
        ? patchTypes
        : random.number() < 0.9
          ? ['application/json']
          : otherTypes,
    );
    const headers: [string, string][] = [['content-type', type]];
    if (random.number() < 0.3) headers.push(['accept', random.pick(accepts)]);
    if (random.number() < 0.02)
      headers.push(['authorization', random.pick(['Bearer x', 'Basic eA==', 'Bearer a.b.c'])]);
    if (random.number() < 0.02)
      headers.push(['impersonate-user', random.pick(['nobody', '__proto__', 'system:anonymous'])]);
    return headers;
  }

  #body(target: ServedPath, name: string, namespace: string | undefined, method: string): Uint8Array {
    const random = this.#random;
    const object = this.#object(target, name, namespace, method);
    const luck = random.number();
    if (luck < 0.01) return Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]);
    if (luck < 0.015) return Buffer.from('['.repeat(random.integer(1, 100_000)));
    if (luck < 0.02) return Buffer.from('{"a":'.repeat(random.integer(1, 50_000)));
    if (luck < 0.025) return Buffer.from(`&a [${'*a,'.repeat(100)}]`);
    if (luck < 0.027) return Buffer.from(`{"kind":"x","data":"${'z'.repeat(3_500_000)}"}`);
    const text = JSON.stringify(object) ?? '';
    if (luck < 0.05) return Buffer.from(text.slice(0, random.integer(0, text.length)));
    if (luck < 0.07) return Buffer.from(text.replace('{', '{"metadata":{},"__proto__":{"polluted":1},'));
    if (luck < 0.08) return Buffer.from(hostileText(random));
    return Buffer.from(text);
  }

  #object(target: ServedPath, name: string, namespace: string | undefined, method: string): unknown {
    const random = this.#random;
    if (method === 'DELETE')
      return { kind: 'DeleteOptions', apiVersion: 'v1', gracePeriodSeconds: random.pick([0, 1, -1]) };
    const operations = method === 'PATCH' && random.number() < 0.2;
    if (operations) {
      const paths = [
        '/metadata/labels',
        '/metadata/labels/a',
        '/spec',
        '/spec/replicas',
        '/__proto__/polluted',
        '/a~2',
        'x',
      ];
      return Array.from({ length: random.integer(0, 4) }, () => ({
        op: random.pick(['add', 'remove', 'replace', 'move', 'copy', 'test', 'burn']),
        path: random.pick(paths),
        from: random.pick(paths),
        value: random.number() < 0.5 ? 'v' : hostileValue(random),
      }));
    }
    const schema = this.#schemaOf(target.apiVersion, target.kind);
    const made = schema ? randomObject(schema, random) : {};
    const object = {
      ...made,
      apiVersion: target.apiVersion,
      kind: target.kind,
      metadata: {
        ...(random.number() < 0.1 ? (made['metadata'] as object) : {}),
        name: decodeURIComponent(name),
        ...(namespace !== undefined && { namespace }),
        labels: { app: random.pick(names) },
      },
    };
    return random.number() < 0.4 ? damaged(object, random) : object;
  }
}

/** Half of a surrogate pair cannot be encoded. */
function encodeSafely(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'));
}
