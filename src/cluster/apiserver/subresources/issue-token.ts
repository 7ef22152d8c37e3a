import { badRequest, conflict, invalid, throwIfInvalid, type KubeObject } from '../../../api/index.ts';
import type { Node, Pod, Secret, ServiceAccount, TokenRequestSpec } from '../../../api/generated/types.ts';
import {
  issuer,
  type NamedObject,
  type ServiceAccountTokens,
  type TokenClaims,
} from '../auth/service-account-tokens.ts';
import type { ResourceStore } from '../rest/resource-store.ts';

interface BindableObjects {
  readonly pods: ResourceStore<Pod>;
  readonly secrets: ResourceStore<Secret>;
  readonly nodes: ResourceStore<Node>;
}

interface TokenParts extends BindableObjects {
  readonly tokens: ServiceAccountTokens;
  readonly accounts: ResourceStore<ServiceAccount>;
}

interface TokenOrder {
  readonly namespace: string;
  readonly name: string;
  readonly spec: TokenRequestSpec | undefined;
  readonly nowMs: number;
}

export interface IssuedToken {
  readonly token: string;
  readonly audiences: readonly string[];
  readonly expirationSeconds: number;
  readonly expiresSeconds: number;
}

const minSeconds = 600;
const maxSeconds = 2 ** 32;

/**
 * Makes a token for a service account. Throws ApiError.
 * Upstream: pkg/registry/core/serviceaccount/storage/token.go
 */
export function issueToken(parts: TokenParts, { namespace, name, spec, nowMs }: TokenOrder): IssuedToken {
  const { uid } = parts.accounts.get(namespace, name).metadata;
  const expirationSeconds = spec?.expirationSeconds ?? 3600;
  const audiences = spec?.audiences?.length ? spec.audiences : [issuer];
  checkExpiration(expirationSeconds);
  const issuedSeconds = Math.floor(nowMs / 1000);
  const expiresSeconds = issuedSeconds + expirationSeconds;
  const claims = {
    namespace,
    serviceAccount: { name, uid },
    audiences,
    issuedSeconds,
    expiresSeconds,
    ...boundObject(spec, namespace, parts),
  };
  // The id follows from what is asked, so that asking changes nothing in the cluster.
  const token = parts.tokens.issue(claims, `${uid.slice(0, 24)}${expiresSeconds.toString(16).padStart(12, '0')}`);
  return { token, audiences, expirationSeconds, expiresSeconds };
}

function checkExpiration(seconds: number): void {
  const of = { group: 'authentication.k8s.io', kind: 'TokenRequest' };
  const field = 'spec.expirationSeconds';
  if (seconds < minSeconds)
    throwIfInvalid(of, '', [invalid(field, seconds, 'may not specify a duration less than 10 minutes')]);
  if (seconds > maxSeconds)
    throwIfInvalid(of, '', [invalid(field, seconds, 'may not specify a duration larger than 2^32 seconds')]);
}

/** What a token can be bound to: it is good as long as that is there. Throws NotFound, Conflict, BadRequest. */
function boundObject(
  spec: TokenRequestSpec | undefined,
  namespace: string,
  { pods, secrets, nodes }: BindableObjects,
): Pick<TokenClaims, 'pod' | 'secret' | 'node'> {
  const bound = spec?.boundObjectRef;
  if (!bound) return {};
  const { apiVersion = '', kind = '', name = '', uid } = bound;
  const named = (object: KubeObject): NamedObject => {
    const found = { name: object.metadata.name, uid: object.metadata.uid };
    if (uid && uid !== found.uid) {
      const why = `the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`;
      throw conflict({ group: '', resource: `${kind.toLowerCase()}s` }, name, why);
    }
    return found;
  };
  switch (`${apiVersion}/${kind}`) {
    case 'v1/Pod': {
      const pod = pods.get(namespace, name);
      const nodeName = pod.spec.nodeName;
      const node = nodeName ? nodes.collection.get(nodeName) : undefined;
      return { pod: named(pod), ...(node && { node: { name: node.metadata.name, uid: node.metadata.uid } }) };
    }
    case 'v1/Secret':
      return { secret: named(secrets.get(namespace, name)) };
    case 'v1/Node':
      return { node: named(nodes.get('', name)) };
    default: {
      const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
      const shown = `${group}/${version}, Kind=${kind}`;
      throw badRequest(`cannot bind token for serviceaccount to type ${shown}`);
    }
  }
}
