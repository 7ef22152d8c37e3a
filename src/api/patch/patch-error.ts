import { ApiError, badRequest } from '../api-error.ts';

/**
 * A patch that cannot be applied. `malformed` is the patch's own fault, `unprocessable` and `unfit` mean that it does
 * not go with the object, `conflict` that it would undo what somebody else did.
 */
export class PatchError extends Error {
  override readonly name = 'PatchError';
  readonly kind: 'malformed' | 'unprocessable' | 'unfit' | 'conflict';

  constructor(kind: PatchError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/**
 * How the API server answers. It keeps the reason of what is unprocessable to itself.
 * Upstream: apiserver/pkg/endpoints/handlers/patch.go interpretStrategicMergePatchError
 */
export function apiErrorOfPatch(error: PatchError): ApiError {
  if (error.kind === 'malformed') return badRequest(error.message);
  if (error.kind === 'unfit') return new ApiError(500, '', error.message);
  return new ApiError(422, 'Invalid', 'the server rejected our request due to an error in our request', {});
}
