import { isJsonObject } from '../../../api/index.ts';
import type { ServiceAccount } from '../../../api/generated/types.ts';
import { RandomStream } from '../../../kernel/index.ts';
import type { Collection } from '../../store/index.ts';
import { fromBase64Url, toBase64Url } from '../request/base64-url.ts';
import type { UserInfo } from '../resource-definition.ts';
import { serviceAccountUser } from './service-account-user.ts';

const issuer = 'https://kubernetes.default.svc.cluster.local';
const signatureAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export interface TokenClaims {
  readonly namespace: string;
  readonly serviceAccount: { readonly name: string; readonly uid: string };
  readonly audiences: readonly string[];
  readonly issuedSeconds: number;
  readonly expiresSeconds: number;
  readonly pod?: { readonly name: string; readonly uid: string };
}

/**
 * Issues the tokens of service accounts and recognises them.
 * Upstream: pkg/serviceaccount/jwt.go, claims.go
 * Differs: a token looks like a signed JWT, but its signature is a keyed hash that only this cluster can check.
 */
export class ServiceAccountTokens {
  readonly #key: string;
  readonly #accounts: Collection<ServiceAccount>;
  readonly #known: ReadonlyMap<string, UserInfo>;

  /** @param known users by tokens that were agreed on beforehand: kube-apiserver's --token-auth-file */
  constructor(key: string, accounts: Collection<ServiceAccount>, known: ReadonlyMap<string, UserInfo>) {
    this.#key = key;
    this.#accounts = accounts;
    this.#known = known;
  }

  issue(claims: TokenClaims, id: string): string {
    const { namespace, serviceAccount, pod } = claims;
    const header = toBase64Url(JSON.stringify({ alg: 'RS256', kid: this.#sign('kid').slice(0, 43) }));
    const payload = toBase64Url(
      JSON.stringify({
        aud: claims.audiences,
        exp: claims.expiresSeconds,
        iat: claims.issuedSeconds,
        iss: issuer,
        jti: id,
        'kubernetes.io': { namespace, ...(pod && { pod }), serviceaccount: serviceAccount },
        nbf: claims.issuedSeconds,
        sub: `system:serviceaccount:${namespace}:${serviceAccount.name}`,
      }),
    );
    const signed = `${header}.${payload}`;
    return `${signed}.${this.#sign(signed)}`;
  }

  /** The caller that a token stands for; undefined when it is not ours, has expired, or its account is gone. */
  userOf(token: string, nowMs: number): UserInfo | undefined {
    const known = this.#known.get(token);
    if (known) return known;
    const [header, payload, signature] = token.split('.');
    if (!payload || signature !== this.#sign(`${header}.${payload}`)) return undefined;
    const text = fromBase64Url(payload);
    const claims: unknown = text === undefined ? undefined : JSON.parse(text);
    const own = isJsonObject(claims) ? claims['kubernetes.io'] : undefined;
    if (!isJsonObject(claims) || !isJsonObject(own) || !isJsonObject(own['serviceaccount'])) return undefined;
    if (Number(claims['exp']) * 1000 <= nowMs) return undefined;
    const namespace = String(own['namespace']);
    const { name, uid } = own['serviceaccount'] as { readonly name: string; readonly uid: string };
    if (this.#accounts.get(`${namespace}/${name}`)?.metadata.uid !== uid) return undefined;
    return {
      ...serviceAccountUser(namespace, name),
      uid,
      extra: { 'authentication.kubernetes.io/credential-id': [`JTI=${String(claims['jti'])}`] },
    };
  }

  /** 342 characters, as an RSA signature of 2048 bits has. */
  #sign(text: string): string {
    return new RandomStream(`${this.#key}/${text}`).text(342, signatureAlphabet);
  }
}
