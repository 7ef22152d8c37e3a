import { ApiError, groupResourceName, type GroupResource } from '../../../api/index.ts';
import type { AuthorizedRequest, Decision } from '../auth/authorize.ts';
import type { UserInfo } from '../resource-definition.ts';

/** The method does not exist on this path. Upstream: serviceErrorHandler over NewGenericServerResponse */
export function methodNotAllowed(): ApiError {
  return new ApiError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});
}

/** Upstream: errors.NewMethodNotSupported */
export function methodNotSupported(of: GroupResource, action: string): ApiError {
  const message = `${action} is not supported on resources of kind "${groupResourceName(of)}"`;
  return new ApiError(405, 'MethodNotAllowed', message, { ...(of.group && { group: of.group }), kind: of.resource });
}

/** Upstream: errors.NewInternalError */
export function internalError(message: string): ApiError {
  return new ApiError(500, 'InternalError', `Internal error occurred: ${message}`, { causes: [{ message }] });
}

/** Upstream: handlers/responsewriters/errors.go Forbidden */
export function unauthorizedRequest(user: UserInfo, info: AuthorizedRequest, { reason }: Decision): ApiError {
  const { group, resource, subresource, namespace, name, verb } = info;
  const who = `User ${JSON.stringify(user.name)} cannot ${verb}`;
  const because = reason ? `: ${reason}` : '';
  if (!info.isResource) {
    return new ApiError(403, 'Forbidden', `forbidden: ${who} path ${JSON.stringify(info.path)}${because}`, {});
  }
  const what = subresource ? `${resource}/${subresource}` : resource;
  const where = namespace ? `in the namespace ${JSON.stringify(namespace)}` : 'at the cluster scope';
  const subject = `${groupResourceName({ group, resource })}${name ? ` ${JSON.stringify(name)}` : ''}`;
  const message = `${subject} is forbidden: ${who} resource ${JSON.stringify(what)} in API group ${JSON.stringify(group)} ${where}${because}`;
  return new ApiError(403, 'Forbidden', message, { ...(name && { name }), ...(group && { group }), kind: resource });
}
