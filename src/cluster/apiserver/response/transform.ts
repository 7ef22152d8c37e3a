import type { KubeList, KubeObject } from '../../../api/index.ts';
import { badRequest } from '../../../api/index.ts';
import type { OutputFormat } from '../request/accept.ts';
import { notAcceptable } from '../request/accept.ts';
import { rulesOf, type ResourceDefinition, type TableColumn } from '../resource-definition.ts';

/** How much of each object a Table carries along. */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

export interface TransformOptions {
  readonly definition: ResourceDefinition;
  readonly format: OutputFormat;
  readonly nowMs: number;
  readonly includeObject: IncludeObject;
}

/**
 * Objects as Table or as metadata alone.
 * Upstream: apiserver/pkg/endpoints/handlers/response.go
 */
export function transformObject(object: KubeObject, options: TransformOptions): object {
  const { format } = options;
  switch (format.as) {
    case 'object':
      return object;
    case 'Table':
      return tableOf([object], { resourceVersion: object.metadata.resourceVersion }, options);
    case 'PartialObjectMetadata':
      return partialOf(object, format);
    case 'PartialObjectMetadataList':
      throw notAcceptable(
        `you requested PartialObjectMetadataList, but the requested object is not a list (*${goTypeOf(options.definition)})`,
      );
  }
}

export function transformList(list: KubeList<KubeObject>, options: TransformOptions): object {
  const { format } = options;
  switch (format.as) {
    case 'object':
      return list;
    case 'Table':
      return tableOf(list.items, list.metadata, options);
    case 'PartialObjectMetadataList': {
      const items = list.items.map((item) => partialOf(item, format));
      return { kind: 'PartialObjectMetadataList', apiVersion: metaVersion(format), metadata: list.metadata, items };
    }
    case 'PartialObjectMetadata':
      throw notAcceptable(
        `you requested PartialObjectMetadata, but the requested object is a list (*${goTypeOf(options.definition)}List)`,
      );
  }
}

/** A Table without its header goes out for every watch event but the first. */
export function tableOf(
  objects: readonly KubeObject[],
  metadata: object,
  options: TransformOptions,
  isFirst = true,
): object {
  const { definition, format, nowMs, includeObject } = options;
  const rules = rulesOf(definition);
  const columns = rules.columns ?? defaultColumns;
  return {
    kind: 'Table',
    apiVersion: metaVersion(format),
    metadata,
    columnDefinitions: isFirst ? columns.map((column) => ({ format: '', ...column })) : null,
    rows: objects.map((object) => ({
      cells: rules.row?.(object, { nowMs }) ?? [object.metadata.name, object.metadata.creationTimestamp],
      object: includeObject === 'Object' ? object : includeObject === 'Metadata' ? partialOf(object, format) : null,
    })),
  };
}

export function partialOf(object: KubeObject, format: Pick<OutputFormat, 'version'>): object {
  return { kind: 'PartialObjectMetadata', apiVersion: metaVersion(format), metadata: object.metadata };
}

export function readIncludeObject(value: string | undefined): IncludeObject {
  if (value === undefined || value === '' || value === 'Metadata') return 'Metadata';
  if (value === 'None' || value === 'Object') return value;
  const problem = `includeObject: Invalid value: ${JSON.stringify(value)}: must be 'Metadata', 'Object', 'None', or empty`;
  throw badRequest(`Unable to convert to Table as requested: ${problem}`);
}

function metaVersion({ version }: Pick<OutputFormat, 'version'>): string {
  return `meta.k8s.io/${version}`;
}

function goTypeOf({ group, kind }: ResourceDefinition): string {
  return `${group.split('.')[0] || 'core'}.${kind}`;
}

/** Upstream: rest.NewDefaultTableConvertor */
const defaultColumns: readonly TableColumn[] = [
  { name: 'Name', type: 'string', format: 'name', description: 'What the object is called.', priority: 0 },
  { name: 'Created At', type: 'date', description: 'When the object was created.', priority: 0 },
];
