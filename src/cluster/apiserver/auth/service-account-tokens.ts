import { isJsonObject, type JsonObject, type KubeObject } from '../../../api/index.ts';
import type { Node, Pod, Secret, ServiceAccount } from '../../../api/generated/types.ts';
import { decodeUtf8, encodeUtf8 } from '../../../kernel/index.ts';
import { decodeBase64, encodeBase64 } from '../../../shell/codec/base64.ts';
import { cryptography } from '../../pki/cryptography.ts';
import type { SigningKey } from '../../pki/code/signing-key.ts';
import type { Collection } from '../../store/index.ts';
import type { UserInfo } from '../resource-definition.ts';
import { serviceAccountUser } from './service-account-user.ts';

/** Who the tokens say that they are from, and for whom they are unless somebody else is named. */
export const issuer = 'https://kubernetes.default.svc.cluster.local';

export interface NamedObject {
  readonly name: string;
  readonly uid: string;
}

export interface TokenClaims {
  readonly namespace: string;
  readonly serviceAccount: NamedObject;
  readonly audiences: readonly string[];
  readonly issuedSeconds: number;
  readonly expiresSeconds: number;
  /** What the token is good for as long as it is there. */
  readonly pod?: NamedObject;
  readonly secret?: NamedObject;
  readonly node?: NamedObject;
}

export interface TokenCollections {
  readonly accounts: Collection<ServiceAccount>;
  readonly pods: Collection<Pod>;
  readonly secrets: Collection<Secret>;
  readonly nodes: Collection<Node>;
}

export interface TokenUser {
  readonly user: UserInfo;
  readonly audiences: readonly string[];
}

const credentialId = 'authentication.kubernetes.io/credential-id';
const keptSignatures = 1000;

/**
 * Issues the tokens of service accounts, signed with ES256, and recognises them.
 * Upstream: pkg/serviceaccount/jwt.go, claims.go, openidmetadata.go
 */
export class ServiceAccountTokens {
  readonly #seed: string;
  readonly #collections: TokenCollections;
  readonly #known: ReadonlyMap<string, UserInfo>;
  /** Checking a signature takes longer than all the rest of a request: what was right once is right again. */
  readonly #genuine = new Set<string>();
  #key: SigningKey | undefined;

  /** @param known users by tokens that were agreed on beforehand: kube-apiserver's --token-auth-file */
  constructor(seed: string, collections: TokenCollections, known: ReadonlyMap<string, UserInfo>) {
    this.#seed = seed;
    this.#collections = collections;
    this.#known = known;
  }

  issue(claims: TokenClaims, id: string): string {
    const { namespace, serviceAccount, node, pod, secret } = claims;
    const header = encoded({ alg: 'ES256', kid: this.#keyId });
    const payload = encoded({
      aud: claims.audiences,
      exp: claims.expiresSeconds,
      iat: claims.issuedSeconds,
      iss: issuer,
      jti: id,
      'kubernetes.io': {
        namespace,
        ...(node && { node }),
        ...(pod && { pod }),
        ...(secret && { secret }),
        serviceaccount: serviceAccount,
      },
      nbf: claims.issuedSeconds,
      sub: `system:serviceaccount:${namespace}:${serviceAccount.name}`,
    });
    const signed = `${header}.${payload}`;
    return `${signed}.${toBase64Url(this.#signingKey.sign(encodeUtf8(signed)))}`;
  }

  /**
   * The caller that a token stands for, and for whom it was made; undefined when it is not ours, has expired, or what
   * it is bound to is gone.
   */
  userOf(token: string, nowMs: number): TokenUser | undefined {
    const known = this.#known.get(token);
    if (known) return { user: known, audiences: [issuer] };
    const claims = this.#claimsOf(token);
    const own = claims?.['kubernetes.io'];
    if (!claims || !isJsonObject(own)) return undefined;
    if (nowMs < Number(claims['nbf']) * 1000 || Number(claims['exp']) * 1000 <= nowMs) return undefined;
    const { accounts, pods, secrets, nodes } = this.#collections;
    const namespace = String(own['namespace']);
    const account = boundTo(own, 'serviceaccount', accounts, `${namespace}/`);
    const pod = boundTo(own, 'pod', pods, `${namespace}/`);
    const secret = boundTo(own, 'secret', secrets, `${namespace}/`);
    const node = boundTo(own, 'node', nodes, '');
    if (!account || pod === 'gone' || secret === 'gone' || account === 'gone') return undefined;
    // A pod's token names its node for information; one that is bound to a node goes with it.
    if (node === 'gone' && !pod) return undefined;
    const audiences = Array.isArray(claims['aud']) ? claims['aud'].map(String) : [];
    return { user: userFor(namespace, account, own, String(claims['jti'])), audiences };
  }

  /** The public key as others fetch it to check tokens: a JSON Web Key Set. */
  keySet(): object {
    const { point } = this.#signingKey;
    const [x, y] = [toBase64Url(point.subarray(1, 33)), toBase64Url(point.subarray(33))];
    return { keys: [{ use: 'sig', kty: 'EC', kid: this.#keyId, crv: 'P-256', alg: 'ES256', x, y }] };
  }

  get #signingKey(): SigningKey {
    this.#key ??= new cryptography.code.SigningKey(this.#seed);
    return this.#key;
  }

  /** Upstream: keyIDFromPublicKey */
  get #keyId(): string {
    return toBase64Url(cryptography.code.sha256(this.#signingKey.publicKeyInfo));
  }

  /** What a token says; undefined unless we have signed it. */
  #claimsOf(token: string): JsonObject | undefined {
    const [header = '', payload = '', signature = '', ...more] = token.split('.');
    const bytes = fromBase64Url(signature);
    const body = fromBase64Url(payload);
    if (more.length > 0 || !bytes || !body) return undefined;
    if (!this.#genuine.has(token)) {
      if (!this.#signingKey.hasSigned(bytes, encodeUtf8(`${header}.${payload}`))) return undefined;
      if (this.#genuine.size >= keptSignatures) this.#genuine.clear();
      this.#genuine.add(token);
    }
    const claims: unknown = JSON.parse(decodeUtf8(body));
    return isJsonObject(claims) && claims['iss'] === issuer ? claims : undefined;
  }
}

/** The object that a token is bound to; undefined when it is bound to none of the kind, `gone` when it is no longer there. */
function boundTo(
  claims: JsonObject,
  kind: string,
  collection: Pick<Collection<KubeObject>, 'get'>,
  prefix: string,
): NamedObject | 'gone' | undefined {
  const bound = claims[kind];
  if (!isJsonObject(bound)) return undefined;
  const [name, uid] = [String(bound['name']), String(bound['uid'])];
  return collection.get(prefix + name)?.metadata.uid === uid ? { name, uid } : 'gone';
}

function userFor(namespace: string, account: NamedObject, claims: JsonObject, id: string): UserInfo {
  const extra: Record<string, readonly string[]> = { [credentialId]: [`JTI=${id}`] };
  for (const kind of ['node', 'pod']) {
    const bound = claims[kind];
    if (!isJsonObject(bound)) continue;
    extra[`authentication.kubernetes.io/${kind}-name`] = [String(bound['name'])];
    extra[`authentication.kubernetes.io/${kind}-uid`] = [String(bound['uid'])];
  }
  return { ...serviceAccountUser(namespace, account.name), uid: account.uid, extra };
}

function encoded(value: object): string {
  return toBase64Url(encodeUtf8(JSON.stringify(value)));
}

function toBase64Url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array | undefined {
  if (text === '' || !/^[\w-]+$/.test(text)) return undefined;
  const base64 = text.replaceAll('-', '+').replaceAll('_', '/');
  return decodeBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, '='));
}
