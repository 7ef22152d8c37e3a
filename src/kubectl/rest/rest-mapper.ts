import { goQuote } from '../../api/index.ts';
import { joinVersion, type ApiResource, type Discovery } from './discovery.ts';

/** Which resource an object of a kind is stored as, and where. */
export interface RestMapping {
  readonly group: string;
  readonly version: string;
  /** Plural. */
  readonly resource: string;
  readonly kind: string;
  readonly isNamespaced: boolean;
}

/** No resource of that name, or none for that kind. */
export class NoMatchError extends Error {
  override readonly name: string = 'NoMatchError';
}

/** No resource of that name: printed as it stands, without "error: ". */
export class NoResourceMatchError extends NoMatchError {
  override readonly name = 'NoResourceMatchError';
}

interface PartialResource {
  readonly resource: string;
  readonly version: string;
  readonly group: string;
}

/**
 * Finds resources by what people type and by kind.
 * Upstream: apimachinery/pkg/api/meta/restmapper.go, client-go/restmapper
 */
export class RestMapper {
  readonly #discovery: Discovery;
  readonly #warn: (message: string) => void;
  /** In the order in which versions are preferred; no subresources. */
  readonly #resources: readonly ApiResource[];

  constructor(discovery: Discovery, warn: (message: string) => void) {
    this.#discovery = discovery;
    this.#warn = warn;
    this.#resources = inPreferredOrder(discovery);
  }

  /** `po`, `pods`, `Pod`, `deployments.apps`, `deployments.v1.apps`, `deploy`. */
  mappingFor(argument: string): RestMapping {
    const [resource, second, ...rest] = splitThree(argument);
    const exact = rest.length > 0 ? { resource, version: second!, group: rest[0]! } : undefined;
    const dot = argument.indexOf('.');
    const partial: PartialResource = {
      resource: dot < 0 ? argument : argument.slice(0, dot),
      version: '',
      group: dot < 0 ? '' : argument.slice(dot + 1),
    };
    const found = (exact && this.#find(exact)) || this.#find(partial) || this.#findKind(argument);
    if (!found) throw new NoResourceMatchError(`the server doesn't have a resource type ${goQuote(partial.resource)}`);
    return toMapping(found);
  }

  /** @param version any when empty */
  mappingForKind(group: string, kind: string, version = ''): RestMapping {
    const found = this.#resources.find(
      (each) => each.group === group && each.kind === kind && (version === '' || each.version === version),
    );
    if (!found) {
      const where = version === '' ? `group ${goQuote(group)}` : `version ${goQuote(joinVersion(group, version))}`;
      throw new NoMatchError(`no matches for kind ${goQuote(kind)} in ${where}`);
    }
    return toMapping(found);
  }

  /** The resources of a category such as `all`; undefined when there is no such category. */
  expandCategory(name: string): readonly string[] | undefined {
    const names = this.#discovery.resources
      .filter((each) => each.categories.includes(name))
      .map((each) => (each.group === '' ? each.name : `${each.name}.${each.group}`));
    return names.length > 0 ? [...new Set(names)] : undefined;
  }

  #find(wanted: PartialResource): ApiResource | undefined {
    const { resource, version, group } = this.#expandShortName(wanted);
    const name = resource.toLowerCase();
    const named = this.#resources.filter((each) => each.name === name || singularOf(each) === name);
    const candidates = named.filter((each) => version === '' || each.version === version);
    if (group === '') return version === '' ? candidates[0] : candidates.find((each) => each.group === '');
    return (
      candidates.find((each) => each.group === group) ??
      (version === '' ? candidates.find((each) => each.group.startsWith(group)) : undefined)
    );
  }

  #expandShortName(wanted: PartialResource): PartialResource {
    const inGroup = this.#discovery.resources.filter((each) => wanted.group === '' || each.group === wanted.group);
    if (inGroup.some((each) => each.name === wanted.resource || each.singularName === wanted.resource)) return wanted;
    const matches = inGroup.filter((each) => each.shortNames.includes(wanted.resource));
    const [first] = matches;
    if (first) {
      this.#warnAboutOthers(wanted.resource, first, matches);
      return { ...wanted, resource: first.name, group: first.group };
    }
    const prefixed =
      wanted.group !== '' &&
      this.#discovery.resources.find(
        (each) => each.group.startsWith(wanted.group) && each.shortNames.includes(wanted.resource),
      );
    return prefixed ? { ...wanted, resource: prefixed.name, group: prefixed.group } : wanted;
  }

  #warnAboutOthers(shortName: string, first: ApiResource, matches: readonly ApiResource[]): void {
    const others = matches.filter((each) => each.group !== first.group || each.name !== first.name);
    for (const name of new Set(others.map((each) => (each.group ? `${each.name}.${each.group}` : each.name)))) {
      this.#warn(`short name ${goQuote(shortName)} could also match lower priority resource ${name}`);
    }
  }

  /** `Deployment`, `Deployment.apps`, `Deployment.v1.apps`. */
  #findKind(argument: string): ApiResource | undefined {
    const [kind, second, third] = splitThree(argument);
    return this.#resources.find(
      (each) =>
        each.kind === kind &&
        (second === undefined ||
          (third !== undefined && each.version === second && each.group === third) ||
          each.group === argument.slice(kind.length + 1)),
    );
  }
}

function splitThree(argument: string): [string, ...string[]] {
  const parts = argument.split('.');
  return parts.length < 3 ? [parts[0]!, ...parts.slice(1)] : [parts[0]!, parts[1]!, parts.slice(2).join('.')];
}

function singularOf(resource: ApiResource): string {
  return resource.singularName || resource.kind.toLowerCase();
}

function inPreferredOrder(discovery: Discovery): readonly ApiResource[] {
  const ranks = new Map(discovery.groups.map((group, index) => [group.name, { index, group }]));
  const rank = (each: ApiResource) => {
    const found = ranks.get(each.group);
    const groupVersion = joinVersion(each.group, each.version);
    const isPreferred = found?.group.preferred === groupVersion;
    return (found?.index ?? 0) * 100 + (isPreferred ? 0 : 1 + (found?.group.versions.indexOf(groupVersion) ?? 0));
  };
  return discovery.resources.filter((each) => !each.name.includes('/')).toSorted((a, b) => rank(a) - rank(b));
}

function toMapping({ group, version, name, kind, isNamespaced }: ApiResource): RestMapping {
  return { group, version, resource: name, kind, isNamespaced };
}

export function apiVersionOf(mapping: RestMapping): string {
  return joinVersion(mapping.group, mapping.version);
}

/** `deployments.apps` */
export function groupResourceOf(mapping: RestMapping): string {
  return mapping.group === '' ? mapping.resource : `${mapping.resource}.${mapping.group}`;
}

/** `deployment.apps`: how messages speak of objects of this kind. */
export function kindNameOf(mapping: RestMapping): string {
  const kind = mapping.kind.toLowerCase();
  return mapping.group === '' ? kind : `${kind}.${mapping.group}`;
}

/** The path of a collection, an object or a subresource. */
export function pathOf(mapping: RestMapping, namespace = '', name = '', subresource = ''): string {
  const root = mapping.group === '' ? `/api/${mapping.version}` : `/apis/${mapping.group}/${mapping.version}`;
  const scope = mapping.isNamespaced && namespace !== '' ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  const tail = [mapping.resource, name && encodeURIComponent(name), subresource].filter((part) => part !== '');
  return `${root}${scope}/${tail.join('/')}`;
}
