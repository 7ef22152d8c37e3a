import type { ApiRequest } from '../api-request.ts';

/**
 * What a path and a method ask for.
 * Upstream: apiserver/pkg/endpoints/request/requestinfo.go
 */
export interface RequestInfo {
  readonly path: string;
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`; else the method in lower case. */
  readonly verb: string;
  readonly isResource: boolean;
  /** `''` is the core group. */
  readonly group: string;
  readonly version: string;
  readonly namespace: string;
  readonly resource: string;
  readonly subresource: string;
  readonly name: string;
  /** What comes after the sub-resource: the path of a proxy request. */
  readonly rest: readonly string[];
}

const namespaceSubresources = new Set(['status', 'finalize']);
const verbs: Readonly<Record<string, string>> = {
  POST: 'create',
  GET: 'get',
  HEAD: 'get',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

export function requestInfoOf(request: ApiRequest): RequestInfo {
  const info = {
    path: request.path,
    verb: request.method.toLowerCase(),
    isResource: false,
    group: '',
    version: '',
    namespace: '',
    resource: '',
    subresource: '',
    name: '',
    rest: [],
  };
  const [prefix, ...parts] = request.path
    .split('/')
    .filter((part) => part !== '')
    .map(decode);
  const isCore = prefix === 'api';
  if (parts.length < (isCore ? 2 : 3) || (!isCore && prefix !== 'apis')) return info;
  const group = isCore ? '' : parts.shift()!;
  const version = parts.shift()!;
  const isOldWatch = parts[0] === 'watch' && parts.length > 1;
  if (isOldWatch) parts.shift();
  let namespace = '';
  if (parts[0] === 'namespaces' && parts.length > 1) {
    namespace = parts[1]!;
    if (parts.length > 2 && !namespaceSubresources.has(parts[2]!)) parts.splice(0, 2);
  }
  const [resource = '', name = '', subresource = '', ...rest] = parts;
  const verb = isOldWatch ? 'watch' : verbFor(request, name);
  return { ...info, verb, isResource: true, group, version, namespace, resource, name, subresource, rest };
}

function verbFor(request: ApiRequest, name: string): string {
  const verb = verbs[request.method] ?? '';
  if (name !== '') return verb;
  if (verb === 'delete') return 'deletecollection';
  if (verb !== 'get') return verb;
  return isTrue(request.query.get('watch')?.[0]) ? 'watch' : 'list';
}

/** How the API server reads booleans in a query: what is there and not said to be false is true. */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && value.toLowerCase() !== 'false' && value !== '0';
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Not a percent-encoding: the path is taken as it is, and no such name will be found.
    return part;
  }
}
