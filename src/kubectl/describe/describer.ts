import type { KubeObject } from '../../api/index.ts';

/** What describing an object needs to look up beside it. */
export interface DescribeContext {
  readonly showsEvents: boolean;
  /** Milliseconds since 1970, as the cluster counts them. */
  readonly nowMs: number;
  /** All objects at a path such as `/api/v1/namespaces/default/pods`, in as many requests as it takes. */
  list<T extends KubeObject>(path: string, query?: Readonly<Record<string, string>>): Promise<readonly T[]>;
  /** One object. Throws the server's refusal. */
  get<T extends KubeObject>(path: string): Promise<T>;
}

/** Gives the text about one object. Adding a kind means adding a file and naming it in `describers.ts`. */
export type Describer<T extends KubeObject = KubeObject> = (object: T, context: DescribeContext) => Promise<string>;
