import { ApiError } from '../../../api/index.ts';

/** What the answer is to look like. */
export interface OutputFormat {
  readonly mediaType: 'application/json' | 'application/yaml';
  readonly as: 'object' | 'Table' | 'PartialObjectMetadata' | 'PartialObjectMetadataList';
  /** The version of meta.k8s.io in which a Table or partial object is given. */
  readonly version: 'v1' | 'v1beta1';
}

export interface AcceptClause {
  readonly mediaType: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly quality: number;
}

const kinds = ['Table', 'PartialObjectMetadata', 'PartialObjectMetadataList'] as const;

/** The clauses of an Accept header, the preferred first. */
export function parseAccept(header: string): readonly AcceptClause[] {
  const clauses = header.split(',').map((text): AcceptClause => {
    const [mediaType = '', ...rest] = text.split(';').map((part) => part.trim());
    const parameters = new Map(rest.map((part) => part.split('=', 2).map((word) => word.trim()) as [string, string]));
    return { mediaType, parameters, quality: Number(parameters.get('q') ?? 1) };
  });
  return clauses.toSorted((a, b) => b.quality - a.quality);
}

/**
 * The first format in the Accept header that this server can give.
 * Upstream: apiserver/pkg/endpoints/handlers/negotiation/negotiate.go
 * Differs: no protobuf and no CBOR; clients that take JSON beside them get JSON.
 */
export function negotiate(header: string | undefined): OutputFormat {
  if (!header) return { mediaType: 'application/json', as: 'object', version: 'v1' };
  for (const { mediaType, parameters } of parseAccept(header)) {
    const type = acceptedType(mediaType);
    if (!type) continue;
    const as = parameters.get('as');
    if (as === undefined) return { mediaType: type, as: 'object', version: 'v1' };
    const kind = kinds.find((known) => known === as);
    const version = parameters.get('v');
    const isKnown = parameters.get('g') === 'meta.k8s.io' && (version === 'v1' || version === 'v1beta1');
    if (kind && isKnown) return { mediaType: type, as: kind, version };
  }
  throw notAcceptable(`only the following media types are accepted: ${mediaTypes.join(', ')}`);
}

/** What the server understands and answers in. */
export const mediaTypes = ['application/json', 'application/yaml'] as const;

export function notAcceptable(message: string): ApiError {
  return new ApiError(406, 'NotAcceptable', message);
}

export function unsupportedMediaType(accepted: readonly string[]): ApiError {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`;
  return new ApiError(415, 'UnsupportedMediaType', message);
}

function acceptedType(mediaType: string): OutputFormat['mediaType'] | undefined {
  if (mediaType === '*/*' || mediaType === 'application/*') return 'application/json';
  return mediaTypes.find((known) => known === mediaType);
}
