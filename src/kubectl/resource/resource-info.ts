import type { RestMapping } from '../rest/rest-mapper.ts';
import type { JsonObject } from './json.ts';

/** One thing that a command works on: what it is, and the object itself once it is known. Upstream: cli-runtime/pkg/resource Info */
export interface ResourceInfo {
  readonly mapping: RestMapping;
  namespace: string;
  name: string;
  /** The file it was read from; empty when it came from arguments. */
  readonly source: string;
  object?: JsonObject;
}
