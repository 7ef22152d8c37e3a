import type {
  FlowSchemaSpec,
  NonResourcePolicyRule,
  PolicyRulesWithSubjects,
  ResourcePolicyRule,
} from '../../../../api/generated/types.ts';
import {
  checkDns1123Label,
  checkDns1123Subdomain,
  invalid,
  jsonEqual,
  notSupported,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { invalidAs, notSupportedAs } from '../internal-form/shown.ts';
import { addInvalid } from '../label-validation.ts';
import { mandatoryFlowSchemas } from './bootstrap-objects.ts';
import { validateFlowSubject } from './subjects.ts';

const maxPrecedence = 10_000;
const distinguishers = ['ByNamespace', 'ByUser'];
const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'proxy', 'update', 'watch'];

/** Upstream: ValidateFlowSchema in pkg/apis/flowcontrol/validation/validation.go */
export function validateFlowSchemaSpec(name: string, spec: FlowSchemaSpec): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { matchingPrecedence: precedence = 0, distinguisherMethod, priorityLevelConfiguration, rules = [] } = spec;
  const refuse = (detail: string): void => void errors.push(invalid('spec.matchingPrecedence', precedence, detail));
  if (precedence <= 0) refuse('must be a positive value');
  if (precedence > maxPrecedence) refuse(`must not be greater than ${maxPrecedence}`);
  if (precedence === 1 && name !== 'exempt') refuse("only the schema named 'exempt' may have matchingPrecedence 1");
  if (distinguisherMethod && !distinguishers.includes(distinguisherMethod.type)) {
    const path = 'spec.distinguisherMethod.type';
    errors.push(notSupportedAs(path, distinguisherMethod, 'FlowDistinguisherMethod', distinguishers));
  }
  const level = priorityLevelConfiguration?.name ?? '';
  const levelPath = 'spec.priorityLevelConfiguration.name';
  if (level) addInvalid(errors, levelPath, level, checkDns1123Subdomain(level));
  else errors.push(required(levelPath, 'must reference a priority level'));
  rules.forEach((rule, at) => validateRule(errors, rule, `spec.rules[${at}]`));
  const mandatory = mandatoryFlowSchemas.get(name);
  if (mandatory && !jsonEqual(spec, mandatory)) {
    errors.push(invalidAs('spec', spec, 'FlowSchemaSpec', `spec of '${name}' must equal the fixed value`));
  }
  return errors;
}

function validateRule(errors: FieldError[], rule: PolicyRulesWithSubjects, path: string): void {
  const { subjects = [], resourceRules = [], nonResourceRules = [] } = rule;
  if (subjects.length === 0) errors.push(required(`${path}.subjects`, 'subjects must contain at least one value'));
  subjects.forEach((subject, at) => validateFlowSubject(errors, subject, `${path}.subjects[${at}]`));
  if (resourceRules.length === 0 && nonResourceRules.length === 0) {
    errors.push(required(path, 'at least one of resourceRules and nonResourceRules has to be non-empty'));
  }
  resourceRules.forEach((item, at) => validateResourceRule(errors, item, `${path}.resourceRules[${at}]`));
  nonResourceRules.forEach((item, at) => validatePathRule(errors, item, `${path}.nonResourceRules[${at}]`));
}

function validateVerbs(errors: FieldError[], given: readonly string[] = [], path: string): void {
  if (given.length === 0) errors.push(required(path, 'verbs must contain at least one value'));
  else if (given.includes('*')) refuseMixed(errors, given, path, 'verbs');
  else if (given.some((verb) => !verbs.includes(verb))) {
    errors.push(notSupported(path, given, verbs));
  }
}

/** A wildcard stands alone. */
function refuseMixed(errors: FieldError[], given: readonly string[], path: string, noun: string): void {
  if (given.length < 2 || !given.includes('*')) return;
  errors.push(invalid(path, given, `if '*' is present, must not specify other ${noun}`));
}

function validateResourceRule(errors: FieldError[], rule: ResourcePolicyRule, path: string): void {
  const { apiGroups = [], resources = [], namespaces = [], clusterScope = false } = rule;
  validateVerbs(errors, rule.verbs, `${path}.verbs`);
  if (apiGroups.length === 0) {
    errors.push(required(`${path}.apiGroups`, 'resource rules must supply at least one api group'));
  }
  refuseMixed(errors, apiGroups, `${path}.apiGroups`, 'api groups');
  if (resources.length === 0) {
    errors.push(required(`${path}.resources`, 'resource rules must supply at least one resource'));
  }
  refuseMixed(errors, resources, `${path}.resources`, 'resources');
  const namespacesPath = `${path}.namespaces`;
  if (namespaces.length === 0 && !clusterScope) {
    const detail = 'resource rules that are not cluster scoped must supply at least one namespace';
    errors.push(required(namespacesPath, detail));
  } else if (namespaces.includes('*')) {
    refuseMixed(errors, namespaces, namespacesPath, 'namespaces');
  } else {
    namespaces.forEach((namespace, at) => {
      const intro = "each member of this list must be '*' or a DNS-1123 label; ";
      const problems = checkDns1123Label(namespace).map((problem) => intro + problem);
      addInvalid(errors, `${namespacesPath}[${at}]`, namespace, problems);
    });
  }
}

function validatePathRule(errors: FieldError[], rule: NonResourcePolicyRule, path: string): void {
  const { nonResourceURLs: urls = [] } = rule;
  validateVerbs(errors, rule.verbs, `${path}.verbs`);
  const urlsPath = `${path}.nonResourceURLs`;
  if (urls.length === 0) errors.push(required(urlsPath, 'nonResourceURLs must contain at least one value'));
  else if (urls.includes('*')) refuseMixed(errors, urls, urlsPath, 'non-resource URLs');
  else {
    urls.forEach((url, at) => {
      const problem = urlProblem(url);
      if (problem) errors.push(invalid(`${urlsPath}[${at}]`, url, problem));
    });
  }
}

/** Upstream: ValidateNonResourceURLPath */
function urlProblem(url: string): string | undefined {
  if (url === '') return 'must not be empty';
  if (url === '/') return undefined;
  if (!url.startsWith('/')) return 'must start with slash';
  if (url.includes(' ')) return 'must not contain white-space';
  if (url.includes('//')) return 'must not contain double slash';
  const wildcards = url.split('*').length - 1;
  return wildcards > 1 || (wildcards === 1 && !url.endsWith('/*')) ? 'wildcard can only do suffix matching' : undefined;
}
