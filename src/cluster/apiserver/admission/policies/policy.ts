import type { Environment } from '@marcbachmann/cel-js';
import type { ValidatingAdmissionPolicy } from '../../../../api/generated/types.ts';
import { environmentWith } from '../../cel/environment.ts';
import { compile, type Expression } from '../../cel/expression.ts';
import { registerAuthorizer } from './authorizer-library.ts';

const names = ['object', 'oldObject', 'request', 'params', 'namespaceObject', 'variables', 'authorizer'];

/** What policies' expressions can speak of. Upstream: apiserver/pkg/admission/plugin/cel/compile.go */
export function policyEnvironment(): Environment {
  return environmentWith(names, registerAuthorizer);
}

/** A policy with its expressions; a text where one does not compile. */
export interface CompiledPolicy {
  readonly matchConditions: readonly (Expression | string)[];
  readonly variables: ReadonlyMap<string, Expression | string>;
  readonly validations: readonly { readonly expression: Expression | string; readonly message?: Expression | string }[];
  readonly auditAnnotations: readonly (Expression | string)[];
}

const compiledPolicies = new WeakMap<ValidatingAdmissionPolicy['spec'], CompiledPolicy>();

export function compilePolicy(spec: ValidatingAdmissionPolicy['spec']): CompiledPolicy {
  let compiled = compiledPolicies.get(spec);
  if (!compiled) {
    const environment = policyEnvironment();
    const { matchConditions = [], variables = [], validations = [], auditAnnotations = [] } = spec;
    compiled = {
      matchConditions: matchConditions.map(({ expression }) => compile(expression, environment)),
      variables: new Map(variables.map(({ name, expression }) => [name, compile(expression, environment)])),
      validations: validations.map(({ expression, messageExpression }) => ({
        expression: compile(expression, environment),
        ...(messageExpression && { message: compile(messageExpression, environment) }),
      })),
      auditAnnotations: auditAnnotations.map(({ valueExpression }) => compile(valueExpression, environment)),
    };
    compiledPolicies.set(spec, compiled);
  }
  return compiled;
}
