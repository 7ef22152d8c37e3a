/** What an OpenAPI document needs to know of a resource; resource definitions of the API server have this shape. */
export interface ApiResource {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** `pods` */
  readonly resource: string;
  readonly kind: string;
  readonly singular: string;
  readonly isNamespaced: boolean;
  readonly verbs: readonly string[];
  /** `status`, `scale`, `log`, … */
  readonly subresources: readonly string[];
  /** The definition of the kind: `io.k8s.api.core.v1.Pod`. */
  readonly schema: string;
  /** Custom resources take no strategic merge patches: clients look here to choose. */
  readonly isCustom?: boolean;
}

export interface GroupVersion {
  readonly group: string;
  readonly version: string;
}

/** `/api/v1` or `/apis/apps/v1` */
export function groupVersionPath({ group, version }: GroupVersion): string {
  return group ? `/apis/${group}/${version}` : `/api/${version}`;
}
