import type { ValidatingAdmissionPolicy, Validation } from '../../../../api/generated/types.ts';
import type { Json, KubeObject } from '../../../../api/index.ts';
import type { Expression, Outcome } from '../../cel/expression.ts';
import { celValue } from '../../cel/values.ts';
import type { Authorizer } from '../../auth/authorize.ts';
import type { Attributes } from '../admission.ts';
import { CelAuthorizer } from './authorizer-library.ts';
import { compilePolicy, type CompiledPolicy } from './policy.ts';

/** What a policy has against a request. */
export interface Violation {
  readonly message: string;
  /** `Invalid` unless the validation says otherwise. */
  readonly reason: string;
}

export interface PolicyInput {
  readonly attributes: Attributes;
  /** As it will be stored; undefined for a delete. */
  readonly object: KubeObject | undefined;
  readonly params: KubeObject | undefined;
  readonly namespace: KubeObject | undefined;
  readonly authorize: Authorizer;
}

const maxMessageLength = 5 * 1024;

/** Upstream: apiserver/pkg/admission/plugin/policy/validating/validator.go */
export function evaluatePolicy({ spec }: ValidatingAdmissionPolicy, input: PolicyInput): readonly Violation[] {
  const compiled = compilePolicy(spec);
  const variables = variablesOf(input, compiled);
  const isFailing = spec.failurePolicy !== 'Ignore';
  for (const condition of compiled.matchConditions) {
    const outcome = run(condition, variables);
    if ('error' in outcome) return isFailing ? [{ message: outcome.error, reason: 'Invalid' }] : [];
    if (outcome.value !== true) return [];
  }
  return compiled.validations.flatMap(({ expression, message }, at): readonly Violation[] => {
    const validation = spec.validations![at]!;
    const outcome = run(expression, variables);
    if ('error' in outcome) return isFailing ? [{ message: outcome.error, reason: 'Invalid' }] : [];
    if (outcome.value === true) return [];
    const text = message ? messageOf(run(message, variables)) : '';
    return [{ message: text || ownMessage(validation), reason: validation.reason ?? 'Invalid' }];
  });
}

function ownMessage({ message, expression }: Validation): string {
  return message?.trim() || `failed expression: ${expression.trim()}`;
}

function messageOf(outcome: Outcome): string {
  if ('error' in outcome || typeof outcome.value !== 'string') return '';
  const text = outcome.value.trim();
  return text.includes('\n') || text.length > maxMessageLength ? '' : text;
}

type Variables = Readonly<Record<string, unknown>>;

function run(expression: Expression | string, variables: Variables): Outcome {
  if (typeof expression === 'string') return { error: `compilation error: ${expression}` };
  const outcome = expression.evaluate(variables);
  if (!('error' in outcome)) return outcome;
  return { error: `expression '${expression.source}' resulted in error: ${outcome.error}` };
}

function variablesOf(
  { attributes, object, params, namespace, authorize }: PolicyInput,
  compiled: CompiledPolicy,
): Variables {
  const { old, operation, user, definition, subresource, name, namespace: namespaceName } = attributes;
  const { group, version, resource } = definition;
  const asked = { group, version, resource, subresource, namespace: namespaceName, name };
  const values: Record<string, unknown> = {
    object: objectValue(operation === 'DELETE' ? undefined : object),
    oldObject: objectValue(operation === 'CREATE' ? undefined : old),
    request: requestValue(attributes),
    params: objectValue(params),
    namespaceObject: objectValue(namespace),
    authorizer: new CelAuthorizer(authorize, user, asked),
  };
  values['variables'] = lazyVariables(compiled.variables, values);
  return values;
}

function objectValue(object: KubeObject | undefined): unknown {
  return object ? celValue(object as unknown as Json) : null;
}

function requestValue({ definition, subresource, operation, name, namespace, user, isDryRun }: Attributes): unknown {
  const { group, version, kind, resource } = definition;
  const typeOf = { group, version, kind };
  const resourceOf = { group, version, resource };
  const { name: username, uid = '', groups, extra = {} } = user;
  return celValue({
    kind: typeOf,
    resource: resourceOf,
    subResource: subresource,
    requestKind: typeOf,
    requestResource: resourceOf,
    requestSubResource: subresource,
    name,
    namespace,
    operation,
    userInfo: { username, uid, groups, extra },
    dryRun: isDryRun,
  });
}

/** `variables.x`: worked out when it is first asked for. The library knows plain objects and maps only. */
function lazyVariables(expressions: ReadonlyMap<string, Expression | string>, values: Variables): object {
  const variables = {};
  for (const [name, expression] of expressions) {
    let outcome: Outcome | undefined;
    const get = (): unknown => {
      outcome ??= run(expression, values);
      if (!('error' in outcome)) return outcome.value;
      throw new Error(`composited variable "${name}" fails to evaluate: ${outcome.error}`);
    };
    Object.defineProperty(variables, name, { get, enumerable: true });
  }
  return variables;
}
