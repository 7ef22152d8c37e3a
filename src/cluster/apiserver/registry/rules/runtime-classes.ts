import type { RuntimeClass, Toleration } from '../../../../api/generated/types.ts';
import { checkDns1123Label, type FieldError } from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { canonicalResources } from '../canonical-resources.ts';
import { duplicateAs } from '../internal-form/shown.ts';
import { addInvalid, validateLabels } from '../label-validation.ts';
import { immutable } from '../meta-validation.ts';
import { validateResources } from '../pod-spec/resources.ts';
import { validateTolerations } from '../pod-spec/tolerations.ts';
import { ageCell, ageColumn, column, nameColumn } from '../table.ts';

/** What a RuntimeClass has to look like. */
export const runtimeClassRules: ResourceRules<RuntimeClass> = {
  defaults: (runtime) => {
    const fixed = runtime.overhead?.podFixed;
    if (!fixed) return runtime;
    const podFixed = canonicalResources(fixed);
    return podFixed === fixed ? runtime : { ...runtime, overhead: { ...runtime.overhead, podFixed } };
  },
  validate: validateRuntimeClass,
  validateUpdate: (next, old) => {
    const errors: FieldError[] = [];
    immutable(errors, next.handler, old.handler, 'handler');
    return errors;
  },
  columns: [nameColumn, column('Handler', 'string', 'How the container runtime calls it.'), ageColumn],
  row: (runtime, context) => [runtime.metadata.name, runtime.handler, ageCell(runtime, context)],
};

/** Upstream: ValidateRuntimeClass in pkg/apis/node/validation/validation.go */
function validateRuntimeClass({ handler = '', overhead, scheduling }: RuntimeClass): readonly FieldError[] {
  const errors: FieldError[] = [];
  addInvalid(errors, 'handler', handler, checkDns1123Label(handler));
  if (overhead) validateResources(errors, { limits: overhead.podFixed ?? {} }, 'overhead', new Set());
  if (!scheduling) return errors;
  const { nodeSelector, tolerations = [] } = scheduling;
  validateLabels(errors, nodeSelector, 'scheduling.nodeSelector');
  validateTolerations(errors, tolerations, 'scheduling.tolerations.tolerations');
  const seen = new Set<string>();
  tolerations.forEach((toleration, at) => {
    const key = keyOf(toleration);
    const path = `scheduling.tolerations[${at}]`;
    if (seen.has(key)) errors.push(duplicateAs(path, toleration, 'Toleration'));
    seen.add(key);
  });
  return errors;
}

function keyOf({ key = '', operator = '', value = '', effect = '' }: Toleration): string {
  return JSON.stringify([key, operator, value, effect]);
}
