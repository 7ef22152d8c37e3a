import { goQuote } from '../../api/index.ts';
import { CommandError } from '../errors/command-error.ts';
import { cleanPath, joinPath } from '../go/path.ts';
import type { KubectlFiles } from '../kubectl-io.ts';
import { nameHash } from '../commands/create/name-hash.ts';
import {
  isObject,
  listAt,
  numberAt,
  objectAt,
  objectsAt,
  stringAt,
  stringMapAt,
  type JsonObject,
  type JsonValue,
} from '../resource/json.ts';
import { itemsOf } from '../resource/unstructured.ts';
import { parseDocuments } from '../yaml/split-documents.ts';
import { generate } from './generators.ts';
import { Kustomized } from './kustomized.ts';
import { inLegacyOrder } from './order.ts';
import { applyPatch } from './patches.ts';
import { fixReferences } from './references.ts';
import { replace } from './replacements.ts';
import { addAnnotations, addLabels, changeNames, setImage, setNamespace, setReplicas } from './transformers.ts';

const fileNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

export interface KustomizeOptions {
  readonly files: KubectlFiles;
  /** Where relative paths begin; messages name absolute ones. */
  readonly workingDirectory: string;
  readonly warn: (text: string) => void;
}

/**
 * Builds a kustomization: the objects of its resources, changed as it says.
 * Upstream: kustomize/api/internal/target/kusttarget.go
 * Differs: resources are files; there are no remote ones, no plugins, no charts and no vars.
 */
export async function kustomize(path: string, options: KustomizeOptions): Promise<readonly JsonObject[]> {
  const build = new Build(options);
  const resources = await build.accumulate(path, []);
  for (const resource of resources.filter((each) => each.needsHash)) {
    resource.rename(`${resource.name}-${await hashOf(resource)}`);
  }
  fixReferences(resources);
  const ordered = build.isFifo ? resources : inLegacyOrder(resources);
  return ordered.map(({ object }) => object);
}

/** Of the content alone: upstream looks for the name where it is not, and finds none. Upstream: kustomize/api/hasher */
function hashOf({ object }: Kustomized): Promise<string> {
  const field = (key: string) => object[key] ?? '';
  const content: JsonObject = { kind: object['kind']!, name: '', data: field('data') };
  for (const key of ['binaryData', 'stringData']) if (isObject(object[key])) content[key] = object[key];
  if (object['kind'] === 'Secret') content['type'] = field('type');
  return nameHash(content);
}

class Build {
  readonly #options: KustomizeOptions;
  isFifo = false;
  #depth = 0;

  constructor(options: KustomizeOptions) {
    this.#options = options;
  }

  /** @param inherited what a component works on */
  async accumulate(folder: string, inherited: readonly Kustomized[]): Promise<Kustomized[]> {
    if (++this.#depth > 100) throw new CommandError(`cycle detected: candidate root '${this.#absolute(folder)}'`);
    const kustomization = await this.#kustomization(folder);
    const read = (path: string) => this.#read(joinPath(folder, path));
    let resources = [...inherited];
    for (const path of [...listAt(kustomization, 'resources'), ...listAt(kustomization, 'bases')]) {
      resources.push(...(await this.#resource(folder, String(path))));
    }
    const shared = objectAt(kustomization, 'generatorOptions');
    for (const [field, kind] of [
      ['configMapGenerator', 'ConfigMap'],
      ['secretGenerator', 'Secret'],
    ] as const) {
      for (const args of objectsAt(kustomization, field)) {
        absorb(resources, await generate(kind, args, shared, read), stringAt(args, 'behavior'));
      }
    }
    for (const path of listAt(kustomization, 'components')) {
      resources = await this.accumulate(joinPath(folder, String(path)), resources);
    }
    resources = await this.#transform(resources, kustomization, folder);
    if (this.#depth === 1) this.isFifo = stringAt(kustomization, 'sortOptions', 'order') === 'fifo';
    this.#depth--;
    return resources;
  }

  async #transform(given: Kustomized[], kustomization: JsonObject, folder: string): Promise<Kustomized[]> {
    let resources = given;
    for (const patch of listAt(kustomization, 'patchesStrategicMerge')) {
      resources = applyPatch(resources, {}, await this.#textOrFile(folder, String(patch)));
    }
    for (const patch of objectsAt(kustomization, 'patches')) {
      resources = applyPatch(resources, patch, await this.#patchText(folder, patch));
    }
    const namespace = stringAt(kustomization, 'namespace');
    if (namespace !== '') setNamespace(resources, namespace);
    changeNames(resources, stringAt(kustomization, 'namePrefix'), '');
    changeNames(resources, '', stringAt(kustomization, 'nameSuffix'));
    addLabels(resources, kustomization);
    addAnnotations(resources, stringMapAt(kustomization, 'commonAnnotations'));
    for (const patch of objectsAt(kustomization, 'patchesJson6902')) {
      resources = applyPatch(resources, patch, await this.#patchText(folder, patch));
    }
    for (const entry of objectsAt(kustomization, 'replicas')) {
      setReplicas(resources, stringAt(entry, 'name'), numberAt(entry, 'count') ?? 0);
    }
    for (const image of objectsAt(kustomization, 'images')) setImage(resources, image);
    for (const entry of objectsAt(kustomization, 'replacements')) {
      for (const each of await this.#replacements(folder, entry)) replace(resources, each);
    }
    return resources;
  }

  async #replacements(folder: string, entry: JsonObject): Promise<readonly JsonObject[]> {
    const path = stringAt(entry, 'path');
    if (path === '') return [entry];
    const documents = parseDocuments(new TextDecoder().decode(await this.#read(joinPath(folder, path))));
    return documents.flatMap((each) => (Array.isArray(each) ? each : [each])).filter((each) => isObject(each));
  }

  async #patchText(folder: string, patch: JsonObject): Promise<string> {
    const path = stringAt(patch, 'path');
    if (path === '') return stringAt(patch, 'patch');
    return new TextDecoder().decode(await this.#read(joinPath(folder, path)));
  }

  /** Patches may stand in place of their files' names. */
  async #textOrFile(folder: string, text: string): Promise<string> {
    if (text.includes('\n') || text.includes(': ')) return text;
    return new TextDecoder().decode(await this.#read(joinPath(folder, text)));
  }

  async #resource(folder: string, path: string): Promise<readonly Kustomized[]> {
    const full = joinPath(folder, path);
    if ((await this.#options.files.stat(full))?.isDirectory) return this.accumulate(full, []);
    let values: JsonValue[];
    try {
      values = parseDocuments(new TextDecoder().decode(await this.#options.files.read(full)));
    } catch {
      const missing = this.#missing(this.#absolute(full), full);
      throw new CommandError(
        `accumulating resources: accumulation err='accumulating resources from '${path}': ${missing}': must build at directory: not a valid directory: ${missing}`,
      );
    }
    return values
      .filter((value) => isObject(value))
      .flatMap((value) => (stringAt(value, 'kind').endsWith('List') ? itemsOf(value) : [value]))
      .map((object) => new Kustomized(object));
  }

  async #kustomization(folder: string): Promise<JsonObject> {
    const { files } = this.#options;
    const found: string[] = [];
    for (const name of fileNames) if (await files.stat(joinPath(folder, name))) found.push(name);
    const absolute = this.#absolute(folder);
    if (!(await files.stat(folder))) {
      throw new CommandError(`must build at directory: not a valid directory: ${this.#missing(folder, folder)}`);
    }
    if (found.length === 0) {
      throw new CommandError(
        `unable to find one of '${fileNames.slice(0, 2).join("', '")}' or 'Kustomization' in directory '${absolute}'`,
      );
    }
    if (found.length > 1) throw new CommandError(`Found multiple kustomization files under: ${absolute}\n`);
    const [document] = parseDocuments(new TextDecoder().decode(await files.read(joinPath(folder, found[0]!))));
    if (!isObject(document)) throw new CommandError('kustomization.yaml is empty');
    this.#warnOfOldFields(document);
    return document;
  }

  #warnOfOldFields(kustomization: JsonObject): void {
    const hints: Readonly<Record<string, string>> = {
      bases: "'resources'",
      commonLabels: "'labels'",
      imageTags: "'images'",
      patchesJson6902: "'patches'",
      patchesStrategicMerge: "'patches'",
      vars: "'replacements'",
    };
    for (const [field, other] of Object.entries(hints)) {
      if (kustomization[field] === undefined) continue;
      this.#options.warn(
        `# Warning: '${field}' is deprecated. Please use ${other} instead. Run 'kustomize edit fix' to update your Kustomization automatically.\n`,
      );
    }
  }

  async #read(path: string): Promise<Uint8Array> {
    try {
      return await this.#options.files.read(path);
    } catch {
      throw new CommandError(`open ${this.#absolute(path)}: no such file or directory`);
    }
  }

  #missing(named: string, path: string): string {
    return `evalsymlink failure on '${named}' : lstat ${this.#absolute(path)}: no such file or directory`;
  }

  #absolute(path: string): string {
    return path.startsWith('/') ? cleanPath(path) : joinPath(this.#options.workingDirectory, path);
  }
}

/** A generated object is new, or is laid over one of that name. */
function absorb(resources: Kustomized[], generated: Kustomized, behavior: string): void {
  const found = resources.find(
    (each) =>
      each.type.kind === generated.type.kind && each.wasCalled(generated.name) && each.wasIn(generated.namespace),
  );
  if (behavior !== 'merge' && behavior !== 'replace') {
    if (found) {
      throw new CommandError(`id ${goId(generated)} exists; behavior must be merge or replace`);
    }
    resources.push(generated);
    return;
  }
  if (!found) throw new CommandError(`id ${goId(generated)} does not exist; cannot merge or replace`);
  const object: JsonObject = { ...found.object };
  for (const field of ['data', 'binaryData']) {
    const merged =
      behavior === 'merge'
        ? { ...objectAt(found.object, field), ...objectAt(generated.object, field) }
        : objectAt(generated.object, field);
    if (merged && Object.keys(merged).length > 0) object[field] = merged;
    else delete object[field];
  }
  const metadata: JsonObject = { ...objectAt(found.object, 'metadata') };
  for (const field of ['labels', 'annotations']) {
    const merged = {
      ...stringMapAt(found.object, 'metadata', field),
      ...stringMapAt(generated.object, 'metadata', field),
    };
    if (Object.keys(merged).length > 0) metadata[field] = merged;
  }
  found.become({ ...object, metadata });
  found.needsHash = generated.needsHash;
}

function goId({ type: { kind }, name, namespace }: Kustomized): string {
  const type = `resid.Gvk{Group:"", Version:"v1", Kind:${goQuote(kind)}, isClusterScoped:false}`;
  return `resid.ResId{Gvk:${type}, Name:${goQuote(name)}, Namespace:${goQuote(namespace)}}`;
}
