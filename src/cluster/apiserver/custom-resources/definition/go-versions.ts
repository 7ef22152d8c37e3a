import type { CustomResourceDefinitionVersion } from '../../../../api/generated/types.ts';

/** The versions as messages show them: Go's own form, without what all versions have in common. */
export function goVersions(
  versions: readonly CustomResourceDefinitionVersion[],
  isShared: (field: 'schema' | 'subresources' | 'additionalPrinterColumns' | 'selectableFields') => boolean,
): unknown {
  return versions.map((version) => ({
    Name: version.name,
    Served: version.served,
    Storage: version.storage,
    Deprecated: version.deprecated ?? false,
    DeprecationWarning: version.deprecationWarning ?? null,
    Schema: isShared('schema') ? null : (version.schema ?? null),
    Subresources: isShared('subresources') ? null : (version.subresources ?? null),
    AdditionalPrinterColumns: isShared('additionalPrinterColumns') ? null : (version.additionalPrinterColumns ?? null),
    SelectableFields: isShared('selectableFields') ? null : (version.selectableFields ?? null),
  }));
}
