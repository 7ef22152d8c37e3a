import { ApiError, goQuote, matchesLabels, parseLabelQuery, type LabelQuery } from '../../api/index.ts';
import type { Invocation } from '../command/invocation.ts';
import { CommandError, joinErrors } from '../errors/command-error.ts';
import type { Query } from '../rest/rest-client.ts';
import { groupResourceOf, NoMatchError, type RestMapping } from '../rest/rest-mapper.ts';
import { fileSources, type FilenameOptions, type FileSource } from './file-sources.ts';
import { setAt, stringAt, stringMapAt, type JsonObject } from './json.ts';
import { documentsOf, typeProblem, validationError } from './read-objects.ts';
import { readResourceArguments, type ResourceArguments } from './resource-arguments.ts';
import type { ResourceInfo } from './resource-info.ts';
import { groupVersionKindOf, isList, itemsOf, nameOf, namespaceOf } from './unstructured.ts';

/** What to work on, and how to get at it. Upstream: cli-runtime/pkg/resource/builder.go */
export interface BuilderOptions {
  readonly filenames?: FilenameOptions;
  /** Texts to read in place of files. */
  readonly sources?: readonly FileSource[];
  readonly arguments?: readonly string[];
  readonly namespace: string;
  /** Objects in files must be of `namespace`: it was given on the command line. */
  readonly enforcesNamespace?: boolean;
  readonly isAllNamespaces?: boolean;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** `--all` */
  readonly selectsAll?: boolean;
  /** A type alone stands for all of its objects. */
  readonly allowsEmptySelector?: boolean;
  /** Takes lists apart. */
  readonly flattens?: boolean;
  /** Asks the server for what files name. */
  readonly fetchesLatest?: boolean;
  /** Asks the server for what arguments name; on unless said otherwise. */
  readonly requiresObject?: boolean;
  readonly hasSingleType?: boolean;
  /** Goes on with the rest when one fails. */
  readonly continuesOnError?: boolean;
  readonly chunkSize?: number;
  readonly subresource?: string;
  /** Added to the requests for objects. */
  readonly accept?: string;
  readonly query?: Query;
  /** Talks to no server at all. */
  readonly isLocal?: boolean;
  /** Checks that objects in files say what they are. */
  readonly validates?: boolean;
}

export interface BuiltResources {
  readonly infos: readonly ResourceInfo[];
  readonly error: Error | undefined;
  /** One object was asked for by name or by a file of its own, so the answer is that object and no list. */
  readonly isSingleItem: boolean;
}

const missingResource = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;

/** Everything at once. */
export async function buildResources(invocation: Invocation, options: BuilderOptions): Promise<BuiltResources> {
  const builder = new ResourceBuilder(invocation, options);
  const infos: ResourceInfo[] = [];
  const errors: Error[] = [];
  for await (const item of builder.visit()) {
    if (!(item instanceof Error)) infos.push(item);
    else {
      errors.push(item);
      if (!options.continuesOnError) break;
    }
  }
  return { infos, error: joinErrors(errors), isSingleItem: builder.isSingleItem };
}

/** Does something with each, and throws what went wrong at the end, or at once unless errors are to be passed over. */
export async function visitResources(
  invocation: Invocation,
  options: BuilderOptions,
  visit: (info: ResourceInfo) => Promise<void>,
): Promise<void> {
  const errors: Error[] = [];
  for await (const item of new ResourceBuilder(invocation, options).visit()) {
    try {
      if (item instanceof Error) throw item;
      await visit(item);
    } catch (error) {
      if (!options.continuesOnError || invocation.io.signal.aborted) throw error;
      errors.push(error as Error);
    }
  }
  const error = joinErrors(errors);
  if (error) throw error;
}

export class ResourceBuilder {
  readonly #invocation: Invocation;
  readonly #options: BuilderOptions;
  #isSingleItem = false;

  constructor(invocation: Invocation, options: BuilderOptions) {
    this.#invocation = invocation;
    this.#options = options;
  }

  /** Known once the visit has begun. */
  get isSingleItem(): boolean {
    return this.#isSingleItem;
  }

  /** One after the other: what was found, or why it was not. */
  async *visit(): AsyncGenerator<ResourceInfo | Error> {
    const { filenames, sources, flattens } = this.#options;
    try {
      const files = sources
        ? { sources, errors: [], isSingle: false }
        : filenames && (await fileSources(filenames, this.#invocation));
      const { resources, errors: argumentErrors } = await this.#resourceArguments();
      const errors = [...(files?.errors ?? []), ...argumentErrors];
      if (errors.length > 0) {
        yield joinErrors(errors)!;
        return;
      }
      const found =
        files && files.sources.length > 0
          ? this.#byFiles(files.sources, files.isSingle, resources)
          : this.#byArguments(resources);
      for await (const item of found) yield* this.#finish(item, flattens ?? false);
    } catch (error) {
      yield error as Error;
    }
  }

  async #resourceArguments(): Promise<{ resources: ResourceArguments; errors: Error[] }> {
    const argv = this.#options.arguments ?? [];
    const none: ResourceArguments = { types: [], names: [], tuples: [] };
    const needsMapper = argv.length > 0 && !argv.some((argument) => argument.includes('/')) && !this.#options.isLocal;
    try {
      const mapper = needsMapper ? await this.#invocation.mapper() : undefined;
      return { resources: readResourceArguments(argv, (name) => mapper?.expandCategory(name)), errors: [] };
    } catch (error) {
      if (error instanceof CommandError) return { resources: none, errors: [error] };
      throw error;
    }
  }

  async *#byArguments(resources: ResourceArguments): AsyncGenerator<ResourceInfo | Error> {
    const { selectsAll, fieldSelector, labelSelector, allowsEmptySelector, isLocal } = this.#options;
    if (isLocal && (this.#options.arguments?.length ?? 0) > 0) {
      throw new Error(
        "error: you must specify resources by --filename when --local is set.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'",
      );
    }
    const isTypeAlone = resources.types.length > 0 && resources.names.length === 0;
    const hasSelector =
      selectsAll || !!labelSelector?.trim() || !!fieldSelector?.trim() || (allowsEmptySelector && isTypeAlone);
    if (selectsAll && labelSelector?.trim()) {
      throw new Error(`setting 'all' parameter but found a non empty selector. `);
    }
    if (hasSelector) yield* this.#bySelector(resources);
    else if (resources.tuples.length > 0) yield* this.#byTuples(resources);
    else if (resources.names.length > 0) yield* this.#byNames(resources);
    else if (resources.types.length > 0) {
      for (const type of resources.types) await this.#mappingFor(type);
      throw new CommandError('resource(s) were provided, but no name was specified');
    } else throw new CommandError(missingResource);
  }

  async *#bySelector({ types, names, tuples }: ResourceArguments): AsyncGenerator<ResourceInfo | Error> {
    if (names.length > 0) throw new CommandError('name cannot be provided when a selector is specified');
    if (tuples.length > 0) {
      throw new CommandError('selectors and the all flag cannot be used when passing resource/name arguments');
    }
    if (types.length === 0) throw new CommandError('at least one resource must be specified to use a selector');
    for (const mapping of await this.#mappings(types)) {
      try {
        yield* this.#pages(mapping);
      } catch (error) {
        yield error as Error;
      }
    }
  }

  async #mappings(types: readonly string[]): Promise<RestMapping[]> {
    if (types.length > 1 && this.#options.hasSingleType) {
      throw new CommandError('you may only specify a single resource type');
    }
    const mappings: RestMapping[] = [];
    for (const type of types) {
      const mapping = await this.#mappingFor(type);
      if (!mappings.some((each) => each.kind === mapping.kind && each.group === mapping.group)) mappings.push(mapping);
    }
    return mappings;
  }

  async *#pages(mapping: RestMapping): AsyncGenerator<ResourceInfo> {
    const { chunkSize, labelSelector, fieldSelector, accept, query, isAllNamespaces } = this.#options;
    const namespace = isAllNamespaces || !mapping.isNamespaced ? '' : this.#options.namespace;
    const client = await this.#invocation.resource(mapping);
    let token = '';
    do {
      const selectors = {
        ...(labelSelector?.trim() && { labelSelector: labelSelector.trim() }),
        ...(fieldSelector?.trim() && { fieldSelector: fieldSelector.trim() }),
      };
      const page = { ...(chunkSize && { limit: chunkSize }), ...(token && { continue: token }) };
      let list: JsonObject;
      try {
        list = await client.list(namespace, { ...query, ...selectors, ...page }, accept);
      } catch (error) {
        throw listError(error, mapping, selectors);
      }
      yield { mapping, namespace, name: '', source: '', object: list };
      token = stringAt(list, 'metadata', 'continue');
    } while (token !== '');
  }

  async *#byTuples({ tuples, types }: ResourceArguments): AsyncGenerator<ResourceInfo | Error> {
    this.#isSingleItem = tuples.length === 1;
    if (types.length > 0) {
      throw new CommandError('you may not specify individual resources and bulk resources in the same call');
    }
    const mappings = new Map<string, RestMapping>();
    for (const { type } of tuples) mappings.set(type, mappings.get(type) ?? (await this.#mappingFor(type)));
    const kinds = new Set([...mappings.values()].map(groupResourceOf));
    if (kinds.size > 1 && this.#options.hasSingleType) {
      throw new CommandError('you may only specify a single resource type');
    }
    for (const { type, name } of tuples) yield this.#named(mappings.get(type)!, name);
  }

  async *#byNames({ types, names }: ResourceArguments): AsyncGenerator<ResourceInfo | Error> {
    this.#isSingleItem = names.length === 1;
    if (types.length === 0) throw new CommandError('you must provide a resource and a resource name together');
    if (types.length > 1) throw new CommandError('you must specify only one resource');
    const [mapping] = await this.#mappings(types);
    for (const name of names) yield this.#named(mapping!, name);
  }

  #named(mapping: RestMapping, name: string): ResourceInfo {
    if (mapping.isNamespaced && this.#options.isAllNamespaces) {
      throw new CommandError('a resource cannot be retrieved by name across all namespaces');
    }
    return { mapping, namespace: mapping.isNamespaced ? this.#options.namespace : '', name, source: '' };
  }

  async *#byFiles(
    sources: readonly FileSource[],
    isSingle: boolean,
    resources: ResourceArguments,
  ): AsyncGenerator<ResourceInfo | Error> {
    this.#isSingleItem = isSingle;
    if (resources.types.length > 0) {
      throw new CommandError(
        resources.names.length > 0
          ? 'name cannot be provided when a path is specified'
          : 'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well',
      );
    }
    if (resources.tuples.length > 0) {
      throw new CommandError('resource/name arguments cannot be provided when a path is specified');
    }
    const selector = this.#fileSelector();
    for (const source of sources) {
      try {
        for (const item of documentsOf(source.name, await source.read(), this.#options.validates)) {
          const info = item instanceof Error ? item : await this.#infoFor(item, source.name);
          if (info instanceof Error || !selector || selects(selector, info)) yield info;
        }
      } catch (error) {
        yield error as Error;
      }
    }
  }

  #fileSelector(): LabelQuery | undefined {
    const text = this.#options.labelSelector?.trim();
    if (!text) return undefined;
    try {
      return parseLabelQuery(text);
    } catch (error) {
      throw new CommandError(`the provided selector ${goQuote(text)} is not valid: ${(error as Error).message}`);
    }
  }

  async #infoFor(object: JsonObject, source: string): Promise<ResourceInfo | Error> {
    const problem = this.#options.validates ? typeProblem(object) : undefined;
    if (problem) return validationError(source, problem);
    if (isList(object) && this.#options.flattens) {
      return { mapping: localMapping(object), namespace: '', name: '', source, object };
    }
    return this.#mapped(object, source);
  }

  async #mapped(object: JsonObject, source: string): Promise<ResourceInfo | Error> {
    const { group, version, kind } = groupVersionKindOf(object);
    const name = nameOf(object);
    const namespace = namespaceOf(object);
    if (this.#options.isLocal) return { mapping: localMapping(object), namespace, name, source, object };
    if (kind === '') {
      return new Error(`unable to decode ${goQuote(source)}: Object 'Kind' is missing in '${JSON.stringify(object)}'`);
    }
    try {
      const mapping = await this.#invocation.mappingForKind(group, kind, version);
      return { mapping, namespace, name, source, object };
    } catch (error) {
      if (!(error instanceof NoMatchError)) throw error;
      return new Error(
        `resource mapping not found for name: ${goQuote(name)} namespace: ${goQuote(namespace)} from ${goQuote(source)}: ${error.message}\nensure CRDs are installed first`,
      );
    }
  }

  async #mappingFor(type: string): Promise<RestMapping> {
    try {
      return await this.#invocation.mappingFor(type);
    } catch (error) {
      if (error instanceof NoMatchError) throw new CommandError(error.message);
      throw error;
    }
  }

  /** Takes lists apart, gives objects their namespace, and asks the server for what is not known yet. */
  async *#finish(item: ResourceInfo | Error, flattens: boolean): AsyncGenerator<ResourceInfo | Error> {
    if (item instanceof Error) {
      yield item;
      return;
    }
    const isFromFile = item.source !== '';
    const parts = flattens && item.object && isList(item.object) ? await this.#flattened(item) : [item];
    for (const part of parts) {
      if (part instanceof Error) yield part;
      else {
        try {
          this.#settleNamespace(part);
          if (isFromFile ? this.#options.fetchesLatest : !part.object && (this.#options.requiresObject ?? true)) {
            await this.#fetch(part);
          }
          yield part;
        } catch (error) {
          yield error as Error;
        }
      }
    }
  }

  async #flattened(list: ResourceInfo): Promise<(ResourceInfo | Error)[]> {
    const parts: (ResourceInfo | Error)[] = [];
    for (const object of itemsOf(list.object!)) {
      // The items of a list need not say what they are: the list does.
      const kind = stringAt(object, 'kind') || stringAt(list.object, 'kind').replace(/List$/, '');
      const apiVersion = stringAt(object, 'apiVersion') || stringAt(list.object, 'apiVersion');
      const whole = object['kind'] ? object : { apiVersion, kind, ...object };
      if (list.source === '') {
        parts.push({ ...list, namespace: namespaceOf(whole), name: nameOf(whole), object: whole });
      } else parts.push(await this.#mapped(whole, list.source));
    }
    return parts;
  }

  #settleNamespace(info: ResourceInfo): void {
    const { isLocal, namespace, enforcesNamespace } = this.#options;
    const isNamespaced = isLocal ? info.namespace !== '' : info.mapping.isNamespaced;
    if (!isNamespaced) {
      info.namespace = '';
      return;
    }
    if (info.source === '') return;
    if (info.namespace === '') {
      info.namespace = namespace;
      if (info.object) setAt(info.object, namespace, 'metadata', 'namespace');
    } else if (enforcesNamespace && info.namespace !== namespace) {
      throw new CommandError(
        `the namespace from the provided object ${goQuote(info.namespace)} does not match the namespace ${goQuote(namespace)}. You must pass '--namespace=${info.namespace}' to perform this operation.`,
      );
    }
  }

  async #fetch(info: ResourceInfo): Promise<void> {
    const { accept, query, subresource } = this.#options;
    if (info.name === '') throw new CommandError('resource name may not be empty');
    const client = await this.#invocation.resource(info.mapping);
    try {
      info.object = await client.get(info.namespace, info.name, subresource, {
        ...(accept && { accept }),
        ...(query && { query }),
      });
    } catch (error) {
      await this.#explainMissing(info, error);
      throw error;
    }
  }

  /** An object may be missing because its whole namespace is. */
  async #explainMissing(info: ResourceInfo, error: unknown): Promise<void> {
    if (!(error instanceof ApiError) || error.reason !== 'NotFound') return;
    if (info.namespace === '' || info.namespace === 'default') return;
    const client = await this.#invocation.client();
    try {
      await client.json({ path: `/api/v1/namespaces/${encodeURIComponent(info.namespace)}` });
    } catch (missing) {
      if (missing instanceof ApiError && missing.reason === 'NotFound') throw missing;
    }
  }
}

function localMapping(object: JsonObject): RestMapping {
  const kind = groupVersionKindOf(object);
  return { ...kind, resource: `${kind.kind.toLowerCase()}s`, isNamespaced: namespaceOf(object) !== '' };
}

function selects(selector: LabelQuery, info: ResourceInfo): boolean {
  return matchesLabels(selector, stringMapAt(info.object, 'metadata', 'labels'));
}

function listError(
  error: unknown,
  mapping: RestMapping,
  selectors: { labelSelector?: string; fieldSelector?: string },
): unknown {
  if (!(error instanceof ApiError) || (error.reason !== 'BadRequest' && error.reason !== 'NotFound')) return error;
  const resource = goQuote(`${mapping.group}/${mapping.version}, Resource=${mapping.resource}`);
  const { labelSelector = '', fieldSelector = '' } = selectors;
  const what =
    labelSelector || fieldSelector
      ? `Unable to find ${resource} that match label selector ${goQuote(labelSelector)}, field selector ${goQuote(fieldSelector)}`
      : `Unable to list ${resource}`;
  return new ApiError(error.code, error.reason, `${what}: ${error.message}`, error.details);
}
