import type { ListMeta } from './meta.ts';

/** Why the API refused, as `Status.reason` says it. Source: apimachinery/pkg/apis/meta/v1 StatusReason. */
export type StatusReason =
  | 'Unauthorized'
  | 'Forbidden'
  | 'NotFound'
  | 'AlreadyExists'
  | 'Conflict'
  | 'Gone'
  | 'Invalid'
  | 'ServerTimeout'
  | 'Timeout'
  | 'TooManyRequests'
  | 'BadRequest'
  | 'MethodNotAllowed'
  | 'NotAcceptable'
  | 'RequestEntityTooLarge'
  | 'UnsupportedMediaType'
  | 'InternalError'
  | 'Expired'
  | 'ServiceUnavailable'
  | '';

export interface StatusCause {
  readonly reason?: string;
  readonly message?: string;
  readonly field?: string;
}

export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

/** The body of every refusal. */
export interface Status {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: ListMeta;
  readonly status: 'Failure' | 'Success';
  readonly message?: string;
  readonly reason?: StatusReason;
  readonly details?: StatusDetails;
  readonly code?: number;
}

/** A refusal by the API. Branch on `reason`, never on the text. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly reason: StatusReason;
  /** The HTTP status. */
  readonly code: number;
  readonly details: StatusDetails | undefined;
  /** A list that has expired says here how it could go on. */
  readonly metadata: ListMeta | undefined;

  constructor(code: number, reason: StatusReason, message: string, details?: StatusDetails, metadata?: ListMeta) {
    super(message);
    this.metadata = metadata;
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  /** The Status object that goes over the wire. */
  toStatus(): Status {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: this.metadata ?? {},
      status: 'Failure',
      message: this.message,
      ...(this.reason && { reason: this.reason }),
      ...(this.details && { details: this.details }),
      code: this.code,
    };
  }
}

/** `pods`, or `deployments.apps`: how messages name a resource. */
export interface GroupResource {
  readonly group: string;
  readonly resource: string;
}

export function groupResourceName({ group, resource }: GroupResource): string {
  return group ? `${resource}.${group}` : resource;
}

// Upstream: apimachinery/pkg/api/errors/errors.go

export function notFound(of: GroupResource, name: string): ApiError {
  return new ApiError(404, 'NotFound', `${groupResourceName(of)} "${name}" not found`, detailsOf(of, name));
}

export function alreadyExists(of: GroupResource, name: string): ApiError {
  return new ApiError(409, 'AlreadyExists', `${groupResourceName(of)} "${name}" already exists`, detailsOf(of, name));
}

export function conflict(of: GroupResource, name: string, why: string): ApiError {
  const message = `Operation cannot be fulfilled on ${groupResourceName(of)} "${name}": ${why}`;
  return new ApiError(409, 'Conflict', message, detailsOf(of, name));
}

export function forbidden(of: GroupResource, name: string, why: string): ApiError {
  const subject = name ? `${groupResourceName(of)} "${name}"` : groupResourceName(of);
  return new ApiError(403, 'Forbidden', `${subject} is forbidden: ${why}`, detailsOf(of, name));
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, 'BadRequest', message);
}

/** The resource version is too old: the history up to it has been compacted. */
export function expired(message: string, metadata?: ListMeta): ApiError {
  return new ApiError(410, 'Expired', message, undefined, metadata);
}

function detailsOf(of: GroupResource, name: string): StatusDetails {
  return { ...(name && { name }), ...(of.group && { group: of.group }), kind: of.resource };
}
