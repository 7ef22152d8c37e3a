import type { CustomResourceDefinition } from '../../../../api/generated/types.ts';
import { isKnownFormat } from '../formats.ts';
import { someSchema } from '../json-schema.ts';

/** Formats of strings that nothing checks. Upstream: getUnrecognizedFormatsInCRD in customresourcedefinition/strategy.go */
export function unknownFormats({ spec }: CustomResourceDefinition): readonly string[] {
  const found = new Set<string>();
  for (const { schema } of spec.versions) {
    someSchema(schema?.openAPIV3Schema, ({ format, type }) => {
      if (format && type === 'string' && !isKnownFormat(format)) found.add(format);
      return false;
    });
  }
  return [...found];
}
