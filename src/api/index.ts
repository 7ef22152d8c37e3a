export {
  alreadyExists,
  ApiError,
  badRequest,
  conflict,
  expired,
  forbidden,
  groupResourceName,
  notFound,
  type GroupResource,
  type Status,
  type StatusCause,
  type StatusDetails,
  type StatusReason,
} from './api-error.ts';
export {
  duplicate,
  forbiddenField,
  invalid,
  notFoundField,
  notSupported,
  required,
  throwIfInvalid,
  tooLong,
  tooMany,
  type FieldError,
} from './field-error.ts';
export {
  controllerOf,
  keyOf,
  splitKey,
  type Draft,
  type FieldSet,
  type KubeList,
  type KubeObject,
  type ListMeta,
  type ManagedFieldsEntry,
  type ObjectKey,
  type ObjectMeta,
  type OwnerReference,
} from './meta.ts';
export type { ClockEvent, ClockState, Fault, TraceKind, TraceMessage, TracePlace } from './sim.ts';
export { kubernetesVersion } from './version.ts';
