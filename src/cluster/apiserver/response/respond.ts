import { ApiError, type Status } from '../../../api/index.ts';
import type { ApiBodyResponse, ApiRequest } from '../api-request.ts';
import type { OutputFormat } from '../request/accept.ts';
import { yamlPart } from '../yaml/yaml-part.ts';
import { isTrue } from '../request/request-info.ts';

export type Headers = readonly (readonly [name: string, value: string])[];

/** An object as the client asked for it: JSON, indented for people, or YAML. */
export function respond(
  request: ApiRequest,
  status: number,
  body: object,
  options: { readonly mediaType?: OutputFormat['mediaType']; readonly warnings?: readonly string[] } = {},
): ApiBodyResponse {
  const mediaType = options.mediaType ?? 'application/json';
  const headers: Headers = [['content-type', mediaType], ...warningHeaders(options.warnings ?? [])];
  if (mediaType === 'application/yaml') return { status, headers, body: yamlPart.code.formatYaml(body) };
  return { status, headers, body: isForPeople(request) ? JSON.stringify(body, null, 2) : body };
}

export function respondText(status: number, body: string): ApiBodyResponse {
  return { status, headers: [['content-type', 'text/plain; charset=utf-8']], body };
}

export const pageNotFound: ApiBodyResponse = respondText(404, '404 page not found\n');

export function respondError(request: ApiRequest, error: ApiError, warnings: readonly string[] = []): ApiBodyResponse {
  const response = respond(request, error.code, error.toStatus(), { warnings });
  const retryAfter = error.details?.retryAfterSeconds;
  return retryAfter ? { ...response, headers: [...response.headers, ['retry-after', String(retryAfter)]] } : response;
}

export function success(code: number, details?: Status['details']): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    ...(details && { details }),
    ...(code && { code }),
  };
}

/** All warnings together may be so long; beyond, each is cut. */
const maxWarningRunes = 4096;
const cutWarningRunes = 256;

/** Upstream: apiserver/pkg/endpoints/filters/warning.go, apimachinery/pkg/util/net NewWarningHeader */
export function warningHeaders(warnings: readonly string[]): Headers {
  if (warnings.length === 0) return [];
  const texts = [...new Set(warnings)].filter((text) => text !== '' && !/\p{Cc}/u.test(text));
  const isTooMuch = texts.reduce((sum, text) => sum + text.length, 0) > maxWarningRunes;
  let written = 0;
  const headers: (readonly [string, string])[] = [];
  for (const text of texts) {
    if (written >= maxWarningRunes) break;
    const shown = isTooMuch ? [...text].slice(0, cutWarningRunes).join('') : text;
    written += shown.length;
    headers.push(['warning', `299 - "${shown.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`]);
  }
  return headers;
}

/** Upstream: isPrettyPrint in handlers/responsewriters/writers.go */
function isForPeople({ query, headers }: ApiRequest): boolean {
  const asked = query.get('pretty')?.[0];
  if (asked) return isTrue(asked);
  return /^(curl|Wget|Mozilla\/5\.0)/.test(headers.get('user-agent') ?? '');
}
