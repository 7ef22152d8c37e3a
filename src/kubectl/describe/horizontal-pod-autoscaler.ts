import type {
  V2HorizontalPodAutoscaler as HorizontalPodAutoscaler,
  V2HPAScalingRules as HPAScalingRules,
  V2MetricSpec as MetricSpec,
  V2MetricStatus as MetricStatus,
  V2MetricTarget as MetricTarget,
  V2MetricValueStatus as MetricValueStatus,
} from '../../api/generated/types.ts';
import { canonicalQuantity, goQuote } from '../../api/index.ts';
import type { Describer } from './describer.ts';
import { aboutObject, writeEventsAbout } from './events.ts';
import { writeAnnotations, writeLabels } from './lists.ts';
import { DescribePage } from './page.ts';
import { rfc1123 } from './time.ts';

const unknown = '<unknown>';

/** Upstream: kubectl/pkg/describe/describe.go describeHorizontalPodAutoscalerV2 */
export const describeHorizontalPodAutoscaler: Describer<HorizontalPodAutoscaler> = async (autoscaler, context) => {
  const { metadata, spec, status } = autoscaler;
  const target = spec.scaleTargetRef;
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.field(0, 'CreationTimestamp', rfc1123(metadata.creationTimestamp));
  page.field(0, 'Reference', `${target.kind}/${target.name}`);
  page.field(0, 'Metrics', '( current / target )');
  spec.metrics?.forEach((metric, index) => writeMetric(page, metric, status.currentMetrics?.[index]));
  page.field(0, 'Min replicas', spec.minReplicas ?? '<unset>');
  page.field(0, 'Max replicas', spec.maxReplicas);
  if (spec.behavior) {
    page.write(0, 'Behavior:\n');
    writeBehavior(page, 'Scale Up', spec.behavior.scaleUp);
    writeBehavior(page, 'Scale Down', spec.behavior.scaleDown);
  }
  page.field(0, `${target.kind} pods`, `${status.currentReplicas ?? 0} current / ${status.desiredReplicas} desired`);
  if (status.conditions?.length) {
    page.write(0, 'Conditions:\n');
    page.write(1, 'Type\tStatus\tReason\tMessage\n');
    page.write(1, '----\t------\t------\t-------\n');
    for (const { type, status: value, reason = '', message = '' } of status.conditions) {
      page.write(1, `${type}\t${value}\t${reason}\t${message}\n`);
    }
  }
  await writeEventsAbout(page, context, aboutObject(autoscaler));
  return page.end();
};

function writeMetric(page: DescribePage, metric: MetricSpec, now: MetricStatus | undefined): void {
  const { external, pods, object, resource, containerResource } = metric;
  const amounts = (current: string, target: string | undefined) => `:\t${current} / ${amount(target)}\n`;
  if (external) {
    const { averageValue, value } = external.target;
    const name = goQuote(external.metric.name);
    if (averageValue !== undefined) {
      const current = now?.external?.current.averageValue;
      page.write(
        1,
        `${name} (target average value)${amounts(current === undefined ? unknown : amount(current), averageValue)}`,
      );
    } else page.write(1, `${name} (target value)${amounts(valueOf(now?.external?.current), value)}`);
  } else if (pods) {
    page.write(
      1,
      `${goQuote(pods.metric.name)} on pods${amounts(averageOf(now?.pods?.current), pods.target.averageValue)}`,
    );
  } else if (object) {
    const { kind, name } = object.describedObject;
    page.write(1, `"${object.metric.name}" on ${kind}/${name} `);
    if (object.target.type === 'AverageValue') {
      page.write(0, `(target average value)${amounts(averageOf(now?.object?.current), object.target.averageValue)}`);
    } else page.write(0, `(target value)${amounts(valueOf(now?.object?.current), object.target.value)}`);
  } else if (resource) {
    page.write(1, `resource ${resource.name} on pods`);
    writeResourceAmounts(page, resource.target, now?.resource?.current);
  } else if (containerResource) {
    page.write(1, `resource ${containerResource.name} of container "${containerResource.container}" on pods`);
    writeResourceAmounts(page, containerResource.target, now?.containerResource?.current);
  } else page.write(1, `<unknown metric type ${goQuote(metric.type)}>\n`);
}

function writeResourceAmounts(page: DescribePage, target: MetricTarget, now: MetricValueStatus | undefined): void {
  if (target.averageValue !== undefined) {
    page.write(0, `:\t${averageOf(now)} / ${amount(target.averageValue)}\n`);
    return;
  }
  const utilization = now?.averageUtilization;
  const current = utilization === undefined ? unknown : `${utilization}% (${amount(now?.averageValue)})`;
  const wanted = target.averageUtilization === undefined ? '<auto>' : `${target.averageUtilization}%`;
  page.write(1, `(as a percentage of request):\t${current} / ${wanted}\n`);
}

function averageOf(now: MetricValueStatus | undefined): string {
  return now ? amount(now.averageValue) : unknown;
}

function valueOf(now: MetricValueStatus | undefined): string {
  return now ? amount(now.value) : unknown;
}

/** Go prints an amount that is not set as nil. */
function amount(text: string | undefined): string {
  return text === undefined ? '<nil>' : canonicalQuantity(text);
}

function writeBehavior(page: DescribePage, title: string, rules: HPAScalingRules | undefined): void {
  if (!rules) return;
  page.write(1, `${title}:\n`);
  const { stabilizationWindowSeconds, policies = [], selectPolicy } = rules;
  if (stabilizationWindowSeconds !== undefined) {
    page.write(2, `Stabilization Window: ${stabilizationWindowSeconds} seconds\n`);
  }
  if (policies.length === 0) return;
  page.write(2, `Select Policy: ${selectPolicy ?? 'Max'}\n`);
  page.write(2, 'Policies:\n');
  for (const { type, value, periodSeconds } of policies) {
    page.write(3, `- Type: ${type}\tValue: ${value}\tPeriod: ${periodSeconds} seconds\n`);
  }
}
