import type { PolicyRule } from '../../../../api/generated/types.ts';
import type { AuthorizedRequest, Authorizer, Decision } from '../authorize.ts';
import { ruleAllows } from '../rbac/match-rule.ts';
import { nodeOf } from './node-identity.ts';
import { isRelated, type NodeCollections } from './pod-references.ts';

type Rule = (nodeName: string, request: AuthorizedRequest) => Decision;

const allowed: Decision = { isAllowed: true, reason: '' };
const denied = (reason = ''): Decision => ({ isAllowed: false, reason });
const leaseNamespace = 'kube-node-lease';

/**
 * What kubelets may do: what the role system:node says, with those objects only that have to do with their node.
 * Upstream: plugin/pkg/auth/authorizer/node/node_authorizer.go
 */
export function nodeAuthorizer(collections: NodeCollections, nodeRules: readonly PolicyRule[]): Authorizer {
  const byResource: Readonly<Record<string, Rule>> = {
    secrets: readNamespaced('secrets'),
    configmaps: readNamespaced('configmaps'),
    persistentvolumeclaims: (nodeName, request) =>
      (request.subresource === 'status' ? changeStatus : getOne('persistentvolumeclaims'))(nodeName, request),
    persistentvolumes: getOne('persistentvolumes'),
    serviceaccounts: createToken,
    nodes: ownNode,
    pods: ownPods,
    'leases.coordination.k8s.io': ownLease,
    'csinodes.storage.k8s.io': ownCsiNode,
    // No pod here has a resource claim, and no volume is ever attached.
    'volumeattachments.storage.k8s.io': () => denied('can only get individual resources of this type'),
    'resourceclaims.resource.k8s.io': () => denied('can only get individual resources of this type'),
  };

  return (user, request) => {
    const nodeName = nodeOf(user);
    if (nodeName === undefined) return denied();
    if (nodeName === '') return denied(`unknown node for user ${JSON.stringify(user.name)}`);
    const key = request.group ? `${request.resource}.${request.group}` : request.resource;
    const rule = request.isResource && Object.hasOwn(byResource, key) ? byResource[key] : undefined;
    if (rule) return rule(nodeName, request);
    return nodeRules.some((one) => ruleAllows(one, request)) ? allowed : denied();
  };

  function related(kind: Parameters<typeof isRelated>[2], nodeName: string, request: AuthorizedRequest): Decision {
    if (request.name === '') return denied('No Object name found');
    if (isRelated(collections, nodeName, kind, request.namespace, request.name)) return allowed;
    return denied(`no relationship found between node '${nodeName}' and this object`);
  }

  function readNamespaced(kind: 'secrets' | 'configmaps'): Rule {
    return (nodeName, request) => {
      if (!['get', 'list', 'watch'].includes(request.verb)) return denied('can only read resources of this type');
      if (request.subresource !== '') return denied('cannot read subresource');
      if (request.namespace === '') return denied('can only read namespaced object of this type');
      return related(kind, nodeName, request);
    };
  }

  function getOne(kind: Parameters<typeof isRelated>[2]): Rule {
    return (nodeName, request) => {
      if (request.verb !== 'get') return denied('can only get individual resources of this type');
      if (request.subresource !== '') return denied('cannot get subresource');
      return related(kind, nodeName, request);
    };
  }

  function changeStatus(nodeName: string, request: AuthorizedRequest): Decision {
    if (request.verb !== 'update' && request.verb !== 'patch') return denied('can only get/update/patch this type');
    return related('persistentvolumeclaims', nodeName, request);
  }

  function createToken(nodeName: string, request: AuthorizedRequest): Decision {
    if (request.verb !== 'create' || request.name === '') {
      return denied('can only create tokens for individual service accounts');
    }
    if (request.subresource !== 'token') return denied('can only create token subresource of serviceaccount');
    return related('serviceaccounts', nodeName, request);
  }

  function ownPods(nodeName: string, request: AuthorizedRequest): Decision {
    switch (`${request.verb}/${request.subresource}`) {
      case 'get/':
        return related('pods', nodeName, request);
      case 'list/':
      case 'watch/':
        if (request.nodeSelector === nodeName) return allowed;
        if (request.name !== '') return related('pods', nodeName, request);
        return denied('can only list/watch pods with spec.nodeName field selector');
      case 'create/':
      case 'delete/':
      case 'update/status':
      case 'patch/status':
      case 'create/eviction':
        return allowed;
      default:
        return denied();
    }
  }
}

function ownNode(nodeName: string, { verb, subresource, name }: AuthorizedRequest): Decision {
  const isChange = verb === 'update' || verb === 'patch';
  if (subresource === 'status') return isChange ? allowed : denied();
  if (subresource !== '') return denied();
  if (isChange || verb === 'create') return allowed;
  if (!['get', 'list', 'watch'].includes(verb)) return denied();
  if (name === nodeName) return allowed;
  const whom = name === '' ? 'all nodes' : `'${name}'`;
  return denied(`node '${nodeName}' cannot read ${whom}, only its own Node object`);
}

const ownVerbs = ['get', 'create', 'update', 'patch', 'delete'];

function ownLease(nodeName: string, { verb, namespace, name }: AuthorizedRequest): Decision {
  if (!ownVerbs.includes(verb)) return denied('can only get, create, update, patch, or delete a node lease');
  if (namespace !== leaseNamespace) return denied(`can only access leases in the "${leaseNamespace}" system namespace`);
  if (verb !== 'create' && name !== nodeName) {
    return denied('can only access node lease with the same name as the requesting node');
  }
  return allowed;
}

function ownCsiNode(nodeName: string, { verb, subresource, name }: AuthorizedRequest): Decision {
  if (!ownVerbs.includes(verb)) return denied('can only get, create, update, patch, or delete a CSINode');
  if (subresource !== '') return denied('cannot authorize CSINode subresources');
  if (verb !== 'create' && name !== nodeName) {
    return denied('can only access CSINode with the same name as the requesting node');
  }
  return allowed;
}
