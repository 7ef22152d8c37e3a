import type { JsonObject } from '../../../api/index.ts';
import { groupVersionPath, type ApiResource, type GroupVersion } from '../../../api/openapi/api-resource.ts';
import { openApiV2Document } from '../../../api/openapi/v2.ts';
import { openApiV3Document, openApiV3Index } from '../../../api/openapi/v3.ts';
import type { Descriptions } from '../../../api/schema/descriptions.ts';
import type { SchemaCatalog } from '../../../api/schema/schema-catalog.ts';
import { encodeUtf8 } from '../../../kernel/index.ts';
import { sha256, toHex } from '../../../shell/index.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { notAcceptable, parseAccept } from '../request/accept.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import { allVerbs, subresourceNames } from './served-resource.ts';

interface Document {
  readonly groupVersion: GroupVersion;
  readonly resources: readonly ApiResource[];
}

/**
 * `/openapi/v2`, `/openapi/v3` and the documents of the group versions. Documents are made when they are asked for, and kept.
 * Upstream: kube-openapi/pkg/handler, handler3
 */
export class OpenApiPages {
  readonly #catalog: SchemaCatalog;
  readonly #builtIn: readonly ResourceDefinition[];
  #custom: readonly ResourceDefinition[] = [];
  /** By path: `apis/apps/v1`. */
  #documents: ReadonlyMap<string, Document>;
  readonly #made = new Map<string, JsonObject>();
  #descriptions: Descriptions = {};

  constructor(definitions: readonly ResourceDefinition[], catalog: SchemaCatalog) {
    this.#catalog = catalog;
    this.#builtIn = definitions;
    this.#documents = documentsOf(definitions);
  }

  /** Custom resources come and go. */
  setCustom(definitions: readonly ResourceDefinition[]): void {
    this.#custom = definitions;
    this.#documents = documentsOf([...this.#builtIn, ...definitions]);
    const kept = new Set(this.#builtIn.map((definition) => groupVersionPath(definition).slice(1)));
    for (const path of this.#made.keys()) if (!kept.has(path)) this.#made.delete(path);
  }

  /** What the fields mean: too much text to have at hand before somebody asks. */
  describe(descriptions: Descriptions): void {
    this.#descriptions = { ...this.#descriptions, ...descriptions };
    this.#made.clear();
  }

  answer(request: ApiRequest): ApiResponse | undefined {
    const [root, version, ...rest] = request.path.split('/').filter((part) => part !== '');
    if (root !== 'openapi') return undefined;
    const body =
      version === 'v2' && rest.length === 0 ? this.#v2() : version === 'v3' ? this.#v3(rest.join('/')) : undefined;
    if (!body) return undefined;
    if (!takesJson(request)) throw notAcceptable('only the following media types are accepted: application/json');
    return { status: 200, headers: [['content-type', 'application/json']], body };
  }

  #v2(): JsonObject {
    return this.#once('v2', () => {
      const resources = [...this.#documents.values()].flatMap((document) => document.resources);
      return openApiV2Document(resources, this.#source(2));
    });
  }

  #v3(path: string): JsonObject | undefined {
    if (path === '') {
      const entries = [...this.#documents].map(([key, { groupVersion }]) => ({ groupVersion, hash: this.#hash(key) }));
      return openApiV3Index(entries);
    }
    const document = this.#documents.get(path);
    return (
      document && this.#once(path, () => openApiV3Document(document.groupVersion, document.resources, this.#source(3)))
    );
  }

  #source(documentVersion: 2 | 3) {
    const custom = Object.assign({}, ...this.#custom.map((definition) => definition.custom!.openApi(documentVersion)));
    return { catalog: this.#catalog, custom: custom as Definitions, descriptions: this.#descriptions };
  }

  #once(key: string, make: () => JsonObject): JsonObject {
    const made = this.#made.get(key) ?? make();
    this.#made.set(key, made);
    return made;
  }

  /** Of what the document is made from: making all documents to hash them would take too long. */
  #hash(path: string): string {
    const { resources } = this.#documents.get(path)!;
    const described = Object.keys(this.#descriptions).length;
    const custom = this.#custom
      .filter((definition) => groupVersionPath(definition).slice(1) === path)
      .map((definition) => definition.custom!.openApi(3));
    return toHex(sha256(encodeUtf8(JSON.stringify([path, resources, described, custom])))).toUpperCase();
  }
}

type Definitions = Readonly<Record<string, JsonObject>>;

function documentsOf(definitions: readonly ResourceDefinition[]): ReadonlyMap<string, Document> {
  const documents = new Map<string, Document>();
  for (const definition of definitions) {
    const path = groupVersionPath(definition).slice(1);
    const resources = [...(documents.get(path)?.resources ?? []), apiResource(definition)];
    documents.set(path, { groupVersion: definition, resources });
  }
  return documents;
}

function apiResource(definition: ResourceDefinition): ApiResource {
  const { group, version, resource, kind, singular, isNamespaced, schema, verbs = allVerbs } = definition;
  const subresources = subresourceNames(definition);
  const isCustom = definition.custom !== undefined;
  return { group, version, resource, kind, singular, isNamespaced, schema, verbs, subresources, isCustom };
}

function takesJson({ headers }: ApiRequest): boolean {
  const clauses = parseAccept(headers.get('accept') ?? '*/*');
  return clauses.some(({ mediaType }) => ['application/json', '*/*', 'application/*'].includes(mediaType));
}
