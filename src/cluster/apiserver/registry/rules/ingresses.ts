import type { Ingress } from '../../../../api/generated/types.ts';
import { checkDns1123Subdomain, invalid, type FieldError } from '../../../../api/index.ts';
import type { ResourceRules } from '../../resource-definition.ts';
import { validateIngressSpec } from '../ingress/validation.ts';
import { parseIp, validateIp } from '../ip-validation.ts';
import { addInvalid } from '../label-validation.ts';
import { ageCell, ageColumn, column, nameColumn } from '../table.ts';
import { asFirstGeneration, asNextGeneration, withOldSpec } from '../workload/generation.ts';

/** What a Ingress has to look like. */
export const ingressRules: ResourceRules<Ingress> = {
  prepareForCreate: (ingress) => asFirstGeneration(ingress, { loadBalancer: {} }),
  prepareForUpdate: asNextGeneration,
  validate: ({ spec = {} }) => {
    const errors: FieldError[] = [];
    validateIngressSpec(errors, spec, 'spec');
    return errors;
  },
  validateCreate: validateClassAnnotation,
  warnings: ({ metadata }, old) => {
    const isNew = !old && classAnnotation in (metadata.annotations ?? {});
    return isNew ? [`annotation "${classAnnotation}" is deprecated, please use 'spec.ingressClassName' instead`] : [];
  },
  status: { prepareForUpdate: withOldSpec, validateUpdate: validateStatus },
  columns: [
    nameColumn,
    column('Class', 'string', 'Which ingress controller serves it.'),
    column('Hosts', 'string', 'The host names that it answers to.'),
    column('Address', 'string', 'Where it can be reached.'),
    column('Ports', 'string', 'The ports that it listens on.'),
    ageColumn,
  ],
  row: (ingress, context) => {
    const { spec = {} } = ingress;
    return [
      ingress.metadata.name,
      spec.ingressClassName ?? '<none>',
      hostsCell(ingress),
      addressCell(ingress),
      spec.tls?.length ? '80, 443' : '80',
      ageCell(ingress, context),
    ];
  },
};

const classAnnotation = 'kubernetes.io/ingress.class';

function validateClassAnnotation({ metadata, spec }: Ingress): readonly FieldError[] {
  const annotated = metadata.annotations?.[classAnnotation];
  const named = spec?.ingressClassName;
  if (annotated === undefined || named === undefined || annotated === named) return [];
  const detail = 'must match `ingressClassName` when both are specified';
  return [invalid(`annotations.${classAnnotation}`, annotated, detail)];
}

function validateStatus({ status }: Ingress): readonly FieldError[] {
  const errors: FieldError[] = [];
  status?.loadBalancer?.ingress?.forEach(({ ip, hostname }, at) => {
    const path = `status.loadBalancer.ingress[${at}]`;
    if (ip) validateIp(errors, ip, `${path}.ip`);
    if (!hostname) return;
    addInvalid(errors, `${path}.hostname`, hostname, checkDns1123Subdomain(hostname));
    if (parseIp(hostname)) {
      errors.push(invalid(`${path}.hostname`, hostname, 'must be a DNS name, not an IP address'));
    }
  });
  return errors;
}

const maxHosts = 3;

/** `a.example,b.example,c.example + 2 more...` */
function hostsCell({ spec }: Ingress): string {
  const rules = spec?.rules ?? [];
  const hosts: string[] = [];
  let isMore = false;
  for (const { host } of rules) {
    if (hosts.length === maxHosts) isMore = true;
    if (!isMore && host) hosts.push(host);
  }
  if (hosts.length === 0) return '*';
  return isMore ? `${hosts.join(',')} + ${rules.length - maxHosts} more...` : hosts.join(',');
}

const addressWidth = 16;

function addressCell({ status }: Ingress): string {
  const addresses = new Set(status?.loadBalancer?.ingress?.map(({ ip, hostname }) => ip || hostname || ''));
  addresses.delete('');
  const text = [...addresses].toSorted().join(',');
  return text.length > addressWidth ? `${text.slice(0, addressWidth - 3)}...` : text;
}
