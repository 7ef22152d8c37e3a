import type { ValidationRule } from '../../../../api/generated/types.ts';
import { forbiddenField, invalid, type FieldError } from '../../../../api/index.ts';
import { embeddedResource, itemsOf, listType, mapType, valuesOf, type JsonSchema } from '../json-schema.ts';
import { compileRules, type CompiledRule } from '../rules/compile-rules.ts';
import { costOf, unboundedCount } from '../rules/rule-cost.ts';

const maxRuleCost = 10_000_000;
const maxTotalCost = 100_000_000;

/**
 * Compiles the rules of a schema, and sees that they cannot become too costly.
 * Upstream: the CEL part of ValidateCustomResourceDefinitionOpenAPISchema in apiextensions' validation.go
 */
export function validateRules(schema: JsonSchema, path: string): readonly FieldError[] {
  const check = new RuleCheck();
  check.within(schema, path, { isResource: true, count: 1, uncorrelatable: undefined });
  if (check.totalCost > maxTotalCost) {
    const what = 'x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema';
    check.errors.push(forbiddenField(path, costText(what, check.totalCost, maxTotalCost)));
  }
  return check.errors;
}

interface Place {
  readonly isResource: boolean;
  /** How often the schema can apply within one object; undefined when nothing bounds it but the size of a request. */
  readonly count: number | undefined;
  /** The path of what cannot be told again after a change. */
  readonly uncorrelatable: string | undefined;
}

class RuleCheck {
  readonly errors: FieldError[] = [];
  totalCost = 0;

  within(schema: JsonSchema, path: string, place: Place): void {
    compileRules(schema, place.isResource).forEach((compiled, at) =>
      this.#rule(compiled, schema, `${path}.x-kubernetes-validations[${at}]`, place),
    );
    const items = itemsOf(schema);
    if (items) {
      const lost = schema[listType] === 'map' ? undefined : path;
      this.within(items, `${path}.items`, below(place, items, schema.maxItems, lost));
    }
    const values = valuesOf(schema);
    if (values) {
      this.within(values, `${path}.additionalProperties`, below(place, values, schema.maxProperties, undefined));
    }
    const lost = schema[mapType] === 'atomic' ? path : undefined;
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      this.within(property, `${path}.properties[${name}]`, below(place, property, 1, lost));
    }
  }

  #rule(compiled: CompiledRule, schema: JsonSchema, path: string, { count, uncorrelatable }: Place): void {
    const { rule, expression, problem, messageProblem, usesOldSelf } = compiled;
    if (problem !== undefined) this.errors.push(invalid(`${path}.rule`, goRule(rule), problem));
    if (messageProblem !== undefined) {
      this.errors.push(invalid(`${path}.messageExpression`, goRule(rule), messageProblem));
    }
    if (expression)
      this.#cost(
        costOf(expression.ast, schema) * (count ?? unboundedCount(schema)),
        `${path}.rule`,
        'estimated rule cost',
      );
    if (usesOldSelf && uncorrelatable !== undefined) {
      const detail = `oldSelf cannot be used on the uncorrelatable portion of the schema within ${uncorrelatable}`;
      this.errors.push(invalid(`${path}.rule`, rule.rule, detail));
    } else if (!usesOldSelf && rule.optionalOldSelf !== undefined && expression) {
      const detail = 'may not be set if oldSelf is not used in rule';
      this.errors.push(invalid(`${path}.optionalOldSelf`, rule.optionalOldSelf, detail));
    }
  }

  #cost(cost: number, path: string, what: string): void {
    this.totalCost += cost;
    if (cost > maxRuleCost) this.errors.push(forbiddenField(path, costText(what, cost, maxRuleCost)));
  }
}

function below(place: Place, schema: JsonSchema, count: number | undefined, lost: string | undefined): Place {
  return {
    isResource: schema[embeddedResource] === true,
    count: place.count === undefined || count === undefined ? undefined : place.count * count,
    uncorrelatable: place.uncorrelatable ?? lost,
  };
}

/** Upstream: getCostErrorMessage */
function costText(what: string, cost: number, limit: number): string {
  const factor = cost / limit;
  const shown = factor > 100 ? 'more than 100x' : factor < 1.5 ? `${factor.toFixed(6)}x` : `${factor.toFixed(1)}x`;
  return `${what} exceeds budget by factor of ${shown} (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)`;
}

/** The rule in Go's own form. */
function goRule(rule: ValidationRule): object {
  return {
    Rule: rule.rule,
    Message: rule.message ?? '',
    MessageExpression: rule.messageExpression ?? '',
    Reason: rule.reason ?? null,
    FieldPath: rule.fieldPath ?? '',
    OptionalOldSelf: rule.optionalOldSelf ?? null,
  };
}
