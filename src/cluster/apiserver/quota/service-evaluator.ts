import type { Service } from '../../../api/generated/types.ts';
import { quantityOf } from '../../../api/index.ts';
import { one } from './amounts.ts';
import type { QuotaEvaluator } from './evaluator.ts';

const resources = ['count/services', 'services', 'services.nodeports', 'services.loadbalancers'];

/** Services, their node ports and load balancers. Upstream: pkg/quota/v1/evaluator/core/services.go */
export const serviceEvaluator: QuotaEvaluator<Service> = {
  handles: ({ operation, subresource }) => subresource === '' && (operation === 'CREATE' || operation === 'UPDATE'),
  uses: (name) => resources.includes(name),
  matchesScope: () => false,
  usage: ({ spec }) =>
    new Map([
      ['count/services', one],
      ['services', one],
      ['services.nodeports', quantityOf(nodePortsOf(spec), 'DecimalSI')],
      ['services.loadbalancers', quantityOf(spec?.type === 'LoadBalancer' ? 1 : 0, 'DecimalSI')],
    ]),
};

function nodePortsOf(spec: Service['spec'] | undefined): number {
  const ports = spec?.ports ?? [];
  if (spec?.type === 'NodePort') return ports.length;
  if (spec?.type !== 'LoadBalancer') return 0;
  return spec.allocateLoadBalancerNodePorts === false ? ports.filter(({ nodePort }) => nodePort).length : ports.length;
}
