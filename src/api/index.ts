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
export type {
  ClockEvent,
  ClockState,
  Fault,
  RequestError,
  RequestNews,
  SchedulingDecision,
  SchedulingVerdict,
  TraceKind,
  TraceMessage,
  TracePlace,
} from './sim.ts';
export { kubernetesVersion } from './version.ts';
export { DurationError, formatGoDuration, parseGoDuration } from './duration.ts';
export { goJson, goQuote, goText, isJsonObject, jsonEqual, type Json, type JsonObject } from './json.ts';
export {
  checkCIdentifier,
  checkConfigMapKey,
  checkDns1035Label,
  checkDns1123Label,
  checkDns1123Subdomain,
  checkDns1123SubdomainWithUnderscore,
  checkEnvVarName,
  checkHttpHeaderName,
  checkInRange,
  checkLabelValue,
  checkPathSegmentName,
  checkPercent,
  checkPortName,
  checkPortNumber,
  checkQualifiedName,
  checkStrictEnvVarName,
  checkWildcardDns1123Subdomain,
  dns1035LabelMaxLength,
  dns1123LabelMaxLength,
  dns1123SubdomainMaxLength,
  labelValueMaxLength,
  maskTrailingDash,
  regexProblem,
  type NameCheck,
} from './names.ts';
export {
  addQuantity,
  canonicalQuantity,
  compareQuantity,
  formatQuantity,
  isQuantity,
  milliQuantityOf,
  multiplyQuantity,
  parseQuantity,
  QuantityError,
  quantityFromJson,
  quantityMilliValue,
  quantityOf,
  quantityValue,
  subtractQuantity,
  zeroQuantity,
  type Quantity,
  type QuantityFormat,
} from './quantity.ts';
export {
  exactFieldValue,
  formatFieldSelector,
  matchesFieldSelector,
  parseFieldSelector,
  type FieldRequirement,
  type FieldSelector,
} from './selectors/field-selector.ts';
export { type LabelOperator, type LabelRequirement } from './selectors/label-requirement.ts';
export {
  exactLabelValue,
  formatLabelQuery,
  formatLabelSelector,
  matchesLabels,
  queryFromLabels,
  queryFromLabelSelector,
  type LabelQuery,
  type Labels,
  type LabelSelectorObject,
} from './selectors/label-selector.ts';
export { parseLabelQuery } from './selectors/parse-label-query.ts';
export { SelectorError } from './selectors/selector-error.ts';
export { humanDuration, parseRfc3339, rfc3339, rfc3339Micro, shortHumanDuration } from './time.ts';
export { applyJsonPatch } from './patch/json-patch.ts';
export { applyMergePatch, createMergePatch, createMergeThreeWayPatch } from './patch/merge-patch.ts';
export { apiErrorOfPatch, PatchError } from './patch/patch-error.ts';
export { createStrategicThreeWayPatch, createStrategicTwoWayPatch } from './patch/strategic-diff.ts';
export { applyStrategicMergePatch } from './patch/strategic-merge-patch.ts';
export {
  anySchema,
  childSchema,
  type AnySchema,
  type FieldSchema,
  type ListSchema,
  type MapSchema,
  type ObjectSchema,
  type PatchStrategy,
  type ScalarSchema,
  type ScalarType,
  type TypeSchema,
} from './schema/type-schema.ts';
export { DecodeError } from './decode/decode-error.ts';
export { decodeJson, decodeObject, type Decoded, type DecodeWording } from './decode/decode-object.ts';
export { scanJson } from './decode/scan-json.ts';
export type { DefinitionDescription, Descriptions } from './schema/descriptions.ts';
export { createSchemaCatalog, type SchemaCatalog } from './schema/schema-catalog.ts';
export { applyConflictError, type ApplyConflict } from './managed-fields/apply-conflict.ts';
export { findFieldsOwners, upgradeManagedFields } from './managed-fields/client-side-upgrade.ts';
export { compareObjects, type Comparison } from './managed-fields/compare-objects.ts';
export { fieldsOf } from './managed-fields/extract-fields.ts';
export {
  differenceOfSets,
  emptySet,
  excludeFromSet,
  intersectSets,
  isEmptySet,
  pathsOf,
  setHasPath,
  unionSets,
} from './managed-fields/field-set.ts';
export { lastAppliedAnnotation } from './managed-fields/last-applied.ts';
export { pathText } from './managed-fields/path-element.ts';
export { serverSideApply, type ApplyContext } from './managed-fields/server-side-apply.ts';
export { trackUpdate, type UpdateContext } from './managed-fields/track-update.ts';
export { groupVersionPath, type ApiResource, type GroupVersion } from './openapi/api-resource.ts';
export { openApiV2Document } from './openapi/v2.ts';
export { openApiV3Document, openApiV3Index, type OpenApiSource } from './openapi/v3.ts';
