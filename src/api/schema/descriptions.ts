/**
 * What the fields of a group's types mean, by definition name. Generated into src/api/generated/descriptions and loaded
 * only by who needs it: `explain`, OpenAPI documents, hover texts.
 */
export type Descriptions = Readonly<Record<string, DefinitionDescription>>;

/** The type's own description and those of its fields. */
export type DefinitionDescription = readonly [type: string, fields: Readonly<Record<string, string>>];
