import type {
  Namespace,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from '../../../../api/generated/types.ts';
import { ApiError, matchesLabels, queryFromLabelSelector, type KubeObject } from '../../../../api/index.ts';
import type { CollectionView } from '../../../store/index.ts';
import type { Authorizer } from '../../auth/authorize.ts';
import type { ResourceDefinition } from '../../resource-definition.ts';
import type { Attributes } from '../admission.ts';
import { refuse } from '../refusal.ts';
import { evaluatePolicy, type Violation } from './evaluate-policy.ts';
import { matchesRequest } from './match.ts';

export interface JudgeParts {
  readonly policies: CollectionView<ValidatingAdmissionPolicy>;
  readonly bindings: CollectionView<ValidatingAdmissionPolicyBinding>;
  readonly namespaces: CollectionView<Namespace>;
  readonly authorize: Authorizer;
  /** What a policy may take parameters from; undefined when no such kind is served. */
  resourceOf(
    apiVersion: string,
    kind: string,
  ): { readonly definition: ResourceDefinition; readonly objects: CollectionView } | undefined;
}

/**
 * Holds a request against the policies that are bound. Throws the refusal.
 * Upstream: apiserver/pkg/admission/plugin/policy/validating/dispatcher.go
 * Differs: audit annotations of admission policies are not written anywhere; a request counts as the version its objects are stored in.
 */
export function judge(object: KubeObject | undefined, attributes: Attributes, parts: JudgeParts): void {
  const { definition, namespace: namespaceName } = attributes;
  const isNamespace = definition.group === '' && definition.resource === 'namespaces';
  const namespace = isNamespace ? undefined : parts.namespaces.get(namespaceName);
  let denied: ApiError | undefined;
  for (const policy of parts.policies.list().objects) {
    if (!policy.spec.matchConstraints || !matchesRequest(policy.spec.matchConstraints, attributes, namespace)) continue;
    for (const binding of parts.bindings.list().objects) {
      if (binding.spec.policyName !== policy.metadata.name) continue;
      const { matchResources, validationActions = [] } = binding.spec;
      if (matchResources && !matchesRequest(matchResources, attributes, namespace)) continue;
      for (const violation of violations(policy, binding, { object, attributes, namespace, parts })) {
        const names = [policy.metadata.name, binding.metadata.name] as const;
        if (validationActions.includes('Deny')) denied ??= refusal(attributes, names, violation);
        if (validationActions.includes('Warn')) {
          const text = `Validation failed for ValidatingAdmissionPolicy '${names[0]}' with binding '${names[1]}': ${violation.message}`;
          attributes.warn?.(text);
        }
      }
    }
  }
  if (denied) throw denied;
}

interface Judged {
  readonly object: KubeObject | undefined;
  readonly attributes: Attributes;
  readonly namespace: KubeObject | undefined;
  readonly parts: JudgeParts;
}

function violations(
  policy: ValidatingAdmissionPolicy,
  binding: ValidatingAdmissionPolicyBinding,
  { object, attributes, namespace, parts }: Judged,
): readonly Violation[] {
  const params = paramsFor(policy, binding, attributes.namespace, parts);
  if (typeof params === 'string') {
    const isFailing = policy.spec.failurePolicy !== 'Ignore';
    return isFailing ? [{ message: `failed to configure binding: ${params}`, reason: 'Invalid' }] : [];
  }
  return params.flatMap((param) =>
    evaluatePolicy(policy, { attributes, object, params: param, namespace, authorize: parts.authorize }),
  );
}

/** The objects that a binding names, or why there are none. Upstream: CollectParams in policy/generic/policy_dispatcher.go */
function paramsFor(
  { spec: { paramKind } }: ValidatingAdmissionPolicy,
  { spec: { paramRef } }: ValidatingAdmissionPolicyBinding,
  requestNamespace: string,
  { resourceOf }: JudgeParts,
): readonly (KubeObject | undefined)[] | string {
  if (!paramKind || !paramRef) return [undefined];
  const { apiVersion = '', kind = '' } = paramKind;
  const found = resourceOf(apiVersion, kind);
  if (!found) return `paramKind kind \`&ParamKind{APIVersion:${apiVersion},Kind:${kind},}\` not known`;
  const { name, selector, namespace: ownNamespace, parameterNotFoundAction } = paramRef;
  const { isNamespaced } = found.definition;
  if (!isNamespaced && ownNamespace) return 'paramRef.namespace must not be provided for a cluster-scoped `paramKind`';
  const namespace = isNamespaced ? ownNamespace || requestNamespace : '';
  if (isNamespaced && !namespace) {
    return 'cannot use namespaced paramRef in policy binding that matches cluster-scoped resources';
  }
  const query = selector && queryFromLabelSelector(selector);
  const named = name ? found.objects.get(namespace ? `${namespace}/${name}` : name) : undefined;
  const params = name
    ? named
      ? [named]
      : []
    : [...found.objects.list(namespace || undefined).objects].filter(
        ({ metadata }) => !query || matchesLabels(query, metadata.labels ?? {}),
      );
  if (params.length > 0) return params;
  const isNeeded = parameterNotFoundAction !== 'Allow';
  return isNeeded ? 'no params found for policy binding with `Deny` parameterNotFoundAction' : [];
}

const codes: Readonly<Record<string, number>> = {
  Unauthorized: 401,
  Forbidden: 403,
  RequestEntityTooLarge: 413,
  Invalid: 422,
};

function refusal(
  attributes: Attributes,
  [policy, binding]: readonly [string, string],
  { message, reason }: Violation,
): ApiError {
  const why = `ValidatingAdmissionPolicy '${policy}' with binding '${binding}' denied request: ${message}`;
  const plain = refuse(attributes, why);
  const details = { ...plain.details, causes: [...(plain.details?.causes ?? []), { message: why }] };
  return new ApiError(codes[reason] ?? 422, reason as ApiError['reason'], plain.message, details);
}
