import { CodePart } from '../../../kernel/index.ts';
import type { ApiRequest } from '../api-request.ts';
import type * as Code from './code.ts';

/** Few clients speak YAML to the API server: the real kubectl does when it applies on the server's side. */
export const yamlPart = new CodePart<typeof Code>('YAML');

/** A request comes in YAML, or asks for an answer in it. */
export function speaksYaml({ headers }: ApiRequest): boolean {
  return ['content-type', 'accept'].some((name) => headers.get(name)?.includes('yaml'));
}
