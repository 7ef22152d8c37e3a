import { parseDocument, stringify } from 'yaml';
import { DecodeError } from '../../../api/decode/decode-error.ts';
import { checkYamlNesting } from './nesting.ts';

/** Throws DecodeError. */
export function parseYaml(text: string): unknown {
  checkYamlNesting(text);
  const document = parseDocument(text, { version: '1.1', merge: true, uniqueKeys: false, strict: false });
  const error = document.errors[0];
  if (error) {
    const line = error.linePos?.[0].line;
    throw new DecodeError(
      `error converting YAML to JSON: yaml: ${line === undefined ? '' : `line ${line}: `}${error.message.split(' at line')[0]}`,
    );
  }
  return document.toJS({ maxAliasCount: 1000 });
}

export function formatYaml(value: object): string {
  return stringify(value, { version: '1.1', sortMapEntries: true, aliasDuplicateObjects: false });
}
