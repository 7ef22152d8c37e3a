import type { ApiRequest, ApiResponse } from '../api-request.ts';

/** `/openapi/v2` and `/openapi/v3`. */
export interface OpenApiPages {
  answer(request: ApiRequest): ApiResponse | undefined;
}
