import type { IngressClass, IngressClassParametersReference } from '../../../../api/generated/types.ts';
import {
  checkDns1123Label,
  forbiddenField,
  notSupported,
  required,
  tooLong,
  type FieldError,
} from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { validateDomainPrefixedPath } from '../domain-path.ts';
import { validateReference } from '../ingress/references.ts';
import { addInvalid } from '../label-validation.ts';
import { byteLength, immutable } from '../meta-validation.ts';
import { fill, withField } from '../share.ts';
import { ageCell, ageColumn, column, nameColumn } from '../table.ts';
import { withNextGeneration } from '../workload/generation.ts';

/** What a IngressClass has to look like. */
export const ingressClassRules: ResourceRules<IngressClass> = {
  defaults: (ingressClass) => {
    const { spec } = ingressClass;
    if (!spec?.parameters) return ingressClass;
    const parameters = fill(spec.parameters, { scope: 'Cluster' });
    return withField(ingressClass, 'spec', withField(spec, 'parameters', parameters));
  },
  prepareForCreate: (ingressClass) => ({ ...ingressClass, metadata: { ...ingressClass.metadata, generation: 1 } }),
  prepareForUpdate: withNextGeneration,
  validate: ({ spec = {} }) => {
    const errors: FieldError[] = [];
    const { controller = '' } = spec;
    if (byteLength(controller) > maxControllerBytes) errors.push(tooLong('spec.controller', maxControllerBytes));
    validateDomainPrefixedPath(errors, controller, 'spec.controller');
    if (spec.parameters) validateParameters(errors, spec.parameters, 'spec.parameters');
    return errors;
  },
  validateUpdate: (next, old) => {
    const errors: FieldError[] = [];
    immutable(errors, next.spec?.controller, old.spec?.controller, 'spec.controller');
    return errors;
  },
  columns: [
    nameColumn,
    column('Controller', 'string', 'The controller that serves the class.'),
    column('Parameters', 'string', 'Where the settings of the controller are.'),
    ageColumn,
  ],
  row: (ingressClass, context) => [
    ingressClass.metadata.name,
    ingressClass.spec?.controller ?? '',
    parametersCell(ingressClass),
    ageCell(ingressClass, context),
  ],
};

const maxControllerBytes = 250;

function validateParameters(errors: FieldError[], parameters: IngressClassParametersReference, path: string): void {
  validateReference(errors, parameters, path);
  const { scope = '', namespace } = parameters;
  const scopes = ['Cluster', 'Namespace'];
  if (!scopes.includes(scope)) errors.push(notSupported(`${path}.scope`, scope, scopes));
  else if (scope === 'Cluster' && namespace !== undefined) {
    errors.push(forbiddenField(`${path}.namespace`, "`parameters.scope` is set to 'Cluster'"));
  } else if (scope === 'Namespace') {
    if (namespace === undefined) {
      errors.push(required(`${path}.namespace`, "`parameters.scope` is set to 'Namespace'"));
    } else {
      addInvalid(errors, `${path}.namespace`, namespace, checkDns1123Label(namespace));
    }
  }
}

/** `Kind.group/name` */
function parametersCell({ spec }: IngressClass): string {
  const parameters = spec?.parameters;
  if (!parameters) return '<none>';
  const { apiGroup, kind, name } = parameters;
  return `${apiGroup === undefined ? kind : `${kind}.${apiGroup}`}/${name}`;
}
