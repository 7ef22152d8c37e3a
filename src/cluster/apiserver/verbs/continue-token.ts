import { badRequest } from '../../../api/index.ts';
import { fromBase64Url, toBase64Url } from '../request/base64-url.ts';

/**
 * Where a list in chunks goes on.
 * Upstream: apiserver/pkg/storage/continue.go
 */
export interface ContinueToken {
  /** -1: at the latest revision, whatever that is. */
  readonly revision: number;
  /** The first key that may follow, below the prefix that is listed. */
  readonly start: string;
}

const version = 'meta.k8s.io/v1';

export function encodeContinue({ revision, start }: ContinueToken): string {
  return toBase64Url(JSON.stringify({ v: version, rv: revision, start }));
}

export function decodeContinue(text: string): ContinueToken {
  const refuse = (why: string): never => {
    throw badRequest(`invalid continue token: continue key is not valid: ${why}`);
  };
  const json = fromBase64Url(text);
  if (json === undefined) return refuse('illegal base64 data at input byte 0');
  let token: { readonly v?: unknown; readonly rv?: unknown; readonly start?: unknown };
  try {
    token = JSON.parse(json) as typeof token;
  } catch {
    return refuse('unexpected end of JSON input');
  }
  if (token.v !== version) return refuse(`server does not recognize this encoded version ${String(token.v)}`);
  if (typeof token.rv !== 'number' || token.rv === 0) {
    return refuse('incorrect encoded start resourceVersion (version meta.k8s.io/v1)');
  }
  if (typeof token.start !== 'string' || token.start === '') {
    return refuse('encoded start key empty (version meta.k8s.io/v1)');
  }
  return { revision: token.rv, start: token.start };
}
