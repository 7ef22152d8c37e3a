import type { DeviceRequest, ResourceClaimSpec } from '../../../../api/generated/types.ts';
import { mapShared, withField } from '../share.ts';

interface Request {
  readonly allocationMode?: string;
  readonly count?: number;
}

/** One device unless something else is said. Upstream: pkg/apis/resource/v1/defaults.go */
export function defaultClaimSpec(spec: ResourceClaimSpec): ResourceClaimSpec {
  const { devices } = spec;
  if (!devices?.requests) return spec;
  return withField(spec, 'devices', withField(devices, 'requests', mapShared(devices.requests, defaultRequest)));
}

function defaultRequest(given: DeviceRequest): DeviceRequest {
  const request = given.exactly ? withField(given, 'exactly', defaultAmount(given.exactly)) : given;
  const { firstAvailable } = request;
  return firstAvailable ? withField(request, 'firstAvailable', mapShared(firstAvailable, defaultAmount)) : request;
}

function defaultAmount<T extends Request>(given: T): T {
  const request = given.allocationMode ? given : { ...given, allocationMode: 'ExactCount' };
  return request.allocationMode === 'ExactCount' && !request.count ? { ...request, count: 1 } : request;
}
