import {
  badRequest,
  exactFieldValue,
  matchesFieldSelector,
  matchesLabels,
  parseFieldSelector,
  parseLabelQuery,
  SelectorError,
  type FieldSelector,
  type KubeObject,
  type LabelQuery,
} from '../../../api/index.ts';
import type { ResourceDefinition } from '../resource-definition.ts';
import type { Scope } from './scope.ts';

/** What a list, a watch or a deletecollection is about. */
export interface Selection {
  /** Undefined for all namespaces. */
  readonly namespace: string | undefined;
  /** Set when only one name can match. */
  readonly name: string | undefined;
  readonly isEverything: boolean;
  matches(object: KubeObject): boolean;
}

/** Reads the selectors of a request. */
export function selectionOf(scope: Scope): Selection {
  const { info, query, definition } = scope;
  const { labels, fields } = readSelectors(query.text('labelSelector') ?? '', query.text('fieldSelector') ?? '');
  checkFields(fields, definition);
  const byField = exactFieldValue(fields, 'metadata.name');
  if (info.name !== '' && fields.length > 0 && byField !== info.name) {
    throw badRequest("fieldSelector metadata.name doesn't match requested name");
  }
  const name = info.name !== '' ? info.name : byField;
  const isEverything = labels.length === 0 && fields.length === 0 && name === undefined;
  return {
    namespace: definition.isNamespaced && info.namespace !== '' ? info.namespace : undefined,
    name,
    isEverything,
    matches: (object) =>
      isEverything ||
      ((name === undefined || object.metadata.name === name) &&
        matchesLabels(labels, object.metadata.labels) &&
        matchesFieldSelector(fields, (field) => readField(definition, object, field))),
  };
}

function readSelectors(
  labelText: string,
  fieldText: string,
): { labels: NonNullable<LabelQuery>; fields: FieldSelector } {
  try {
    return { labels: parseLabelQuery(labelText), fields: parseFieldSelector(fieldText) };
  } catch (error) {
    if (error instanceof SelectorError) throw badRequest(error.message);
    throw error;
  }
}

/** Upstream: the field label conversions in pkg/apis/<group>/<version>/conversion.go, or the default of runtime/conversion.go */
function checkFields(fields: FieldSelector, definition: ResourceDefinition): void {
  for (const { field } of fields) {
    if (field === 'metadata.name' || field === 'metadata.namespace') continue;
    if (definition.selectableFields && Object.hasOwn(definition.selectableFields, field)) continue;
    throw badRequest(
      definition.selectableFields
        ? `field label not supported: ${field}`
        : `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`,
    );
  }
}

function readField(definition: ResourceDefinition, object: KubeObject, field: string): string {
  if (field === 'metadata.name') return object.metadata.name;
  if (field === 'metadata.namespace') return object.metadata.namespace ?? '';
  return definition.selectableFields?.[field]?.(object) ?? '';
}
