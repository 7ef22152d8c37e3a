import type { LabelSelector, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../../api/generated/types.ts';
import { formatLabelSelector } from '../../api/index.ts';
import type { Describer } from './describer.ts';
import { writeAnnotations, writeLabels } from './lists.ts';
import { DescribePage } from './page.ts';

const indent = '    ';

/** Upstream: kubectl/pkg/describe/describe.go describeNetworkPolicy */
export const describeNetworkPolicy: Describer<NetworkPolicy> = async ({ metadata, spec }) => {
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  const createdOn = (metadata.creationTimestamp ?? '').replace('T', ' ').replace(/Z$/, ' +0000 UTC');
  page.field(0, 'Created on', createdOn);
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.write(0, 'Spec:\n');
  page.write(1, 'PodSelector: ');
  page.write(2, `${podSelectorText(spec?.podSelector)}\n`);
  const types = spec?.policyTypes ?? [];
  if (types.length === 0 || types.includes('Ingress')) {
    page.write(1, 'Allowing ingress traffic:\n');
    const rules = (spec?.ingress ?? []).map(({ ports, from }) => ({ ports, peers: from }));
    writeRules(page, rules, { direction: 'ingress', word: 'From', anyone: 'source' });
  } else page.write(1, 'Not affecting ingress traffic\n');
  if (types.includes('Egress')) {
    page.write(1, 'Allowing egress traffic:\n');
    const rules = (spec?.egress ?? []).map(({ ports, to }) => ({ ports, peers: to }));
    writeRules(page, rules, { direction: 'egress', word: 'To', anyone: 'destination' });
  } else page.write(1, 'Not affecting egress traffic\n');
  page.write(1, `Policy Types: ${types.join(', ') || '<none>'}\n`);
  return page.end();
};

function podSelectorText(selector: LabelSelector | undefined): string {
  const isEmpty = Object.keys(selector?.matchLabels ?? {}).length === 0 && !selector?.matchExpressions?.length;
  if (isEmpty) return '<none> (Allowing the specific traffic to all pods in this namespace)';
  return formatLabelSelector(selector);
}

interface Rule {
  readonly ports: readonly NetworkPolicyPort[] | undefined;
  readonly peers: readonly NetworkPolicyPeer[] | undefined;
}

interface Wording {
  readonly direction: string;
  readonly word: string;
  readonly anyone: string;
}

function writeRules(page: DescribePage, rules: readonly Rule[], { direction, word, anyone }: Wording): void {
  const line = (level: number, text: string) => page.write(level, `${indent}${text}\n`);
  if (rules.length === 0) line(0, `<none> (Selected pods are isolated for ${direction} connectivity)`);
  rules.forEach(({ ports, peers }, index) => {
    if (!ports?.length) line(0, 'To Port: <any> (traffic allowed to all ports)');
    for (const { port, endPort, protocol = 'TCP' } of ports ?? []) {
      const from = port ?? '<nil>';
      line(0, endPort === undefined ? `To Port: ${from}/${protocol}` : `To Port Range: ${from}-${endPort}/${protocol}`);
    }
    if (!peers?.length) line(0, `${word}: <any> (traffic not restricted by ${anyone})`);
    for (const { podSelector, namespaceSelector, ipBlock } of peers ?? []) {
      line(0, `${word}:`);
      if (namespaceSelector) line(1, `NamespaceSelector: ${formatLabelSelector(namespaceSelector)}`);
      if (podSelector) line(1, `PodSelector: ${formatLabelSelector(podSelector)}`);
      if (podSelector || namespaceSelector || !ipBlock) continue;
      line(1, 'IPBlock:');
      line(2, `CIDR: ${ipBlock.cidr}`);
      line(2, `Except: ${(ipBlock.except ?? []).join(', ')}`);
    }
    if (index < rules.length - 1) line(0, '----------');
  });
}
