import { ApiError } from '../../../api/index.ts';
import { DecodeError } from '../../../api/decode/decode-error.ts';
import { scanJson } from '../../../api/decode/scan-json.ts';
import { decodeUtf8 } from '../../../kernel/index.ts';
import type { ApiRequest } from '../api-request.ts';
import { yamlPart } from '../yaml/yaml-part.ts';
import { mediaTypes, unsupportedMediaType } from './accept.ts';
import { checkJsonNesting } from './nesting.ts';

/** Upstream: apiserver/pkg/server/config.go MaxRequestBodyBytes */
const maxBodyBytes = 3 * 1024 * 1024;

export interface Body {
  readonly text: string;
  readonly mediaType: (typeof mediaTypes)[number];
}

/** The text of a request's body. Throws 413 for one that is too large and 415 for one of a type that is not understood. */
export function readBody(request: ApiRequest): Body {
  const given = request.headers.get('content-type')?.split(';')[0]?.trim() || 'application/json';
  const mediaType = mediaTypes.find((known) => known === given);
  if (!mediaType) throw unsupportedMediaType(mediaTypes);
  return { text: readText(request), mediaType };
}

export function readText({ body }: ApiRequest): string {
  if (!body) return '';
  if (body.length > maxBodyBytes) {
    throw new ApiError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${maxBodyBytes}`);
  }
  return decodeUtf8(body);
}

/** JSON or YAML as a plain value. Throws DecodeError, in Go's words where they are known. */
export function parseText(text: string, mediaType: 'application/json' | 'application/yaml'): unknown {
  if (mediaType === 'application/json') return parseJson(text);
  return yamlPart.code.parseYaml(text);
}

function parseJson(text: string): unknown {
  checkJsonNesting(text);
  try {
    return JSON.parse(text);
  } catch {
    // The scanner says what is wrong in Go's words.
    scanJson(text);
    throw new DecodeError('unexpected end of JSON input');
  }
}
