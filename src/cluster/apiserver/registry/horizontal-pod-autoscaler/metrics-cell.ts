import type {
  V2MetricSpec,
  V2MetricStatus,
  V2MetricTarget,
  V2MetricValueStatus,
} from '../../../../api/generated/types.ts';

/** `cpu: 12%/80%, 3/10 + 1 more...`. Upstream: formatHPAMetrics in pkg/printers/internalversion/printers.go */
export function metricsCell(specs: readonly V2MetricSpec[], statuses: readonly V2MetricStatus[]): string {
  if (specs.length === 0) return '<none>';
  const texts = specs.slice(0, maxShown).map((spec, at) => metricText(spec, statuses[at]));
  const rest = specs.length - texts.length;
  return rest > 0 ? `${texts.join(', ')} + ${rest} more...` : texts.join(', ');
}

const maxShown = 2;
const unknown = '<unknown>';

function metricText(spec: V2MetricSpec, status: V2MetricStatus | undefined): string {
  switch (spec.type) {
    case 'External':
      return amountText(spec.external?.target, status?.external?.current);
    case 'Object':
      return amountText(spec.object?.target, status?.object?.current);
    case 'Pods':
      return `${status?.pods ? (status.pods.current.averageValue ?? '<nil>') : unknown}/${spec.pods?.target.averageValue}`;
    case 'Resource':
      return `${spec.resource?.name}: ${shareText(spec.resource?.target, status?.resource?.current)}`;
    case 'ContainerResource':
      return `${spec.containerResource?.name}: ${shareText(spec.containerResource?.target, status?.containerResource?.current)}`;
    default:
      return '<unknown type>';
  }
}

function amountText(target: V2MetricTarget | undefined, current: V2MetricValueStatus | undefined): string {
  if (target?.averageValue !== undefined) return `${current?.averageValue ?? unknown}/${target.averageValue} (avg)`;
  return `${current ? (current.value ?? '<nil>') : unknown}/${target?.value ?? '<nil>'}`;
}

function shareText(target: V2MetricTarget | undefined, current: V2MetricValueStatus | undefined): string {
  if (target?.averageValue !== undefined) {
    return `${current ? (current.averageValue ?? '<nil>') : unknown}/${target.averageValue}`;
  }
  const { averageUtilization: now } = current ?? {};
  const wanted = target?.averageUtilization;
  return `${now === undefined ? unknown : `${now}%`}/${wanted === undefined ? '<auto>' : `${wanted}%`}`;
}
