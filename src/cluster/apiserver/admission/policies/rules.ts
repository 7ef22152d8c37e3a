import type {
  MatchResources,
  NamedRuleWithOperations,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from '../../../../api/generated/types.ts';
import {
  checkQualifiedName,
  duplicate,
  invalid,
  notSupported,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import type { Expression } from '../../cel/expression.ts';
import { fill, mapShared, withField } from '../../registry/share.ts';
import { ageCell, ageColumn, column, nameColumn } from '../../registry/table.ts';
import { withNextGeneration } from '../../registry/workload/generation.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { compilePolicy } from './policy.ts';

/** Upstream: pkg/apis/admissionregistration/v1/defaults.go, pkg/apis/admissionregistration/validation/validation.go */
export const policyRules: ResourceRules<ValidatingAdmissionPolicy> = {
  defaults: (policy) => {
    const spec = fill(policy.spec, { failurePolicy: 'Fail' });
    return withField(policy, 'spec', withField(spec, 'matchConstraints', withMatchDefaults(spec.matchConstraints)));
  },
  prepareForCreate: (policy) => ({ ...policy, metadata: { ...policy.metadata, generation: 1 }, status: {} }),
  prepareForUpdate: (next, old) => withNextGeneration({ ...next, status: old.status }, old),
  validate: validatePolicy,
  columns: [
    nameColumn,
    column('Validations', 'integer', 'How many validations there are.'),
    column('ParamKind', 'string', 'The kind of the parameters.'),
    ageColumn,
  ],
  row: (policy, context) => {
    const { validations = [], paramKind } = policy.spec;
    const kind = paramKind ? `${paramKind.apiVersion}/${paramKind.kind}` : '<unset>';
    return [policy.metadata.name, validations.length, kind, ageCell(policy, context)];
  },
};

export const policyBindingRules: ResourceRules<ValidatingAdmissionPolicyBinding> = {
  defaults: (binding) =>
    withField(
      binding,
      'spec',
      withField(binding.spec, 'matchResources', withMatchDefaults(binding.spec.matchResources)),
    ),
  prepareForCreate: (binding) => ({ ...binding, metadata: { ...binding.metadata, generation: 1 } }),
  prepareForUpdate: (next, old) => withNextGeneration(next, old),
  validate: validateBinding,
  columns: [
    nameColumn,
    column('PolicyName', 'string', 'The policy that is bound.'),
    column('ParamRef', 'string', 'Where the parameters come from.'),
    ageColumn,
  ],
  row: (binding, context) => {
    const { policyName = '', paramRef } = binding.spec;
    const name = paramRef?.name || '*';
    const ref = paramRef ? (paramRef.namespace ? `${paramRef.namespace}/${name}` : name) : '<unset>';
    return [binding.metadata.name, policyName, ref, ageCell(binding, context)];
  },
};

function withMatchDefaults(match: MatchResources | undefined): MatchResources | undefined {
  if (!match) return match;
  let filled = fill(match, { matchPolicy: 'Equivalent', namespaceSelector: {}, objectSelector: {} });
  for (const field of ['resourceRules', 'excludeResourceRules'] as const) {
    const rules = filled[field];
    if (rules)
      filled = withField(
        filled,
        field,
        mapShared(rules, (rule) => fill(rule, { scope: '*' })),
      );
  }
  return filled;
}

const reasons = ['Forbidden', 'Invalid', 'RequestEntityTooLarge', 'Unauthorized'];
const failurePolicies = ['Fail', 'Ignore'];

function validatePolicy({ spec }: ValidatingAdmissionPolicy): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { validations = [], auditAnnotations = [], matchConditions = [], variables = [], failurePolicy } = spec;
  if (failurePolicy !== undefined && !failurePolicies.includes(failurePolicy)) {
    errors.push(notSupported('spec.failurePolicy', failurePolicy, failurePolicies));
  }
  const { paramKind, matchConstraints } = spec;
  if (paramKind && !paramKind.apiVersion) errors.push(required('spec.paramKind.apiVersion'));
  if (paramKind && !paramKind.kind) errors.push(required('spec.paramKind.kind'));
  if (!matchConstraints) errors.push(required('spec.matchConstraints'));
  else {
    if ((matchConstraints.resourceRules ?? []).length === 0)
      errors.push(required('spec.matchConstraints.resourceRules'));
    errors.push(...matchErrors(matchConstraints, 'spec.matchConstraints'));
  }
  const compiled = compilePolicy(spec);
  matchConditions.forEach(({ name, expression }, at) => {
    const path = `spec.matchConditions[${at}]`;
    errors.push(...expressionErrors(expression, compiled.matchConditions[at]!, `${path}.expression`));
    if (!name) errors.push(required(`${path}.name`));
    else for (const problem of checkQualifiedName(name)) errors.push(invalid(`${path}.name`, name, problem));
  });
  variables.forEach(({ name, expression }, at) => {
    const path = `spec.variables[${at}]`;
    if (!name) errors.push(required(`${path}.name`, 'name is not specified'));
    else if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name))
      errors.push(invalid(`${path}.name`, name, 'name is not a valid CEL identifier'));
    errors.push(...expressionErrors(expression, compiled.variables.get(name)!, `${path}.expression`, 'dyn'));
  });
  if (validations.length === 0 && auditAnnotations.length === 0) {
    const detail = 'validations or auditAnnotations must contain at least one item';
    errors.push(required('spec.validations', detail), required('spec.auditAnnotations', detail));
  }
  validations.forEach(({ expression, reason, message: text = '', messageExpression }, at) => {
    const path = `spec.validations[${at}]`;
    const { expression: rule, message } = compiled.validations[at]!;
    errors.push(...expressionErrors(expression, rule, `${path}.expression`));
    if (messageExpression && message) {
      errors.push(...expressionErrors(messageExpression, message, `${path}.messageExpression`, 'string'));
    }
    if (text !== '' && text.trim() === '') {
      errors.push(invalid(`${path}.message`, text, 'message must be non-empty if specified'));
    } else if (/[\n\r]/.test(text.trim())) {
      errors.push(invalid(`${path}.message`, text, 'message must not contain line breaks'));
    }
    if (reason !== undefined && !reasons.includes(reason)) errors.push(notSupported(`${path}.reason`, reason, reasons));
  });
  auditAnnotations.forEach(({ key, valueExpression }, at) => {
    const path = `spec.auditAnnotations[${at}]`;
    if (!key) errors.push(required(`${path}.key`));
    errors.push(...expressionErrors(valueExpression, compiled.auditAnnotations[at]!, `${path}.valueExpression`, 'dyn'));
  });
  return errors;
}

function expressionErrors(
  source: string,
  compiled: Expression | string,
  path: string,
  type: 'bool' | 'string' | 'dyn' = 'bool',
): readonly FieldError[] {
  if (source.trim() === '') return [required(path, `${path.slice(path.lastIndexOf('.') + 1)} is not specified`)];
  if (typeof compiled === 'string') return [invalid(path, source, `compilation failed: ${compiled}`)];
  const isRight = type === 'dyn' || compiled.type === type || compiled.type === 'dyn';
  return isRight ? [] : [invalid(path, source, `must evaluate to ${type}`)];
}

const operations = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];
const scopes = ['*', 'Cluster', 'Namespaced'];

function matchErrors(
  { resourceRules = [], excludeResourceRules = [] }: MatchResources,
  path: string,
): readonly FieldError[] {
  return [
    ...resourceRules.flatMap((rule, at) => ruleErrors(rule, `${path}.resourceRules[${at}]`)),
    ...excludeResourceRules.flatMap((rule, at) => ruleErrors(rule, `${path}.excludeResourceRules[${at}]`)),
  ];
}

function ruleErrors(rule: NamedRuleWithOperations, path: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  for (const field of ['operations', 'apiGroups', 'apiVersions', 'resources'] as const) {
    if ((rule[field] ?? []).length === 0) errors.push(required(`${path}.${field}`));
  }
  rule.operations?.forEach((operation, at) => {
    if (!operations.includes(operation)) errors.push(notSupported(`${path}.operations[${at}]`, operation, operations));
  });
  if (rule.scope !== undefined && !scopes.includes(rule.scope)) {
    errors.push(notSupported(`${path}.scope`, rule.scope, scopes));
  }
  return errors;
}

const actions = ['Audit', 'Deny', 'Warn'];

function validateBinding({ spec }: ValidatingAdmissionPolicyBinding): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { policyName, validationActions = [], paramRef, matchResources } = spec;
  if (!policyName) errors.push(required('spec.policyName'));
  if (paramRef) {
    if (!paramRef.name && !paramRef.selector)
      errors.push(required('spec.paramRef', 'one of name or selector must be specified'));
    if (!paramRef.parameterNotFoundAction) errors.push(required('spec.paramRef.parameterNotFoundAction'));
  }
  if (matchResources) errors.push(...matchErrors(matchResources, 'spec.matchResources'));
  if (validationActions.length === 0) {
    errors.push(required('spec.validationActions', 'at least one validation action is required'));
  }
  validationActions.forEach((action, at) => {
    const path = `spec.validationActions[${at}]`;
    if (!actions.includes(action)) errors.push(notSupported(path, action, actions));
    if (validationActions.indexOf(action) < at) errors.push(duplicate(path, action));
  });
  if (validationActions.includes('Deny') && validationActions.includes('Warn')) {
    const detail =
      'must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)';
    errors.push(invalid('spec.validationActions', validationActions, detail));
  }
  return errors;
}
