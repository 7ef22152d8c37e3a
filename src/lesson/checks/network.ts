import type { EndpointSlice, Pod, Service } from '../../api/generated/types.ts';
import { execInPod } from '../../client/index.ts';
import { excerpt, missing, pattern, unquote, type CheckForm, type Words } from './check.ts';
import { stateOf } from './pods.ts';

const namespaceOf = (words: Words) => words['namespace'] ?? 'default';

export const urlAnswers: CheckForm = {
  example: 'from pod client [in shop], http://web answers with "Welcome"',
  pattern: pattern('from pod <name> [in <namespace>], <url> answers with <text>'),
  async evaluate(words, client) {
    const text = unquote(words['text']!);
    const wanted = `"${text}" in the answer of ${words['url']}`;
    const namespace = namespaceOf(words);
    const pod = await client.get<Pod>({ apiVersion: 'v1', resource: 'pods' }, namespace, words['name']!);
    if (!pod) return missing(wanted, `pod ${words['name']} in namespace ${namespace}`);
    if (pod.status.phase !== 'Running')
      return { passed: false, wanted, found: `the pod does not run: ${stateOf(pod)}` };
    const command = ['wget', '-qO-', '-T', '3', words['url']!];
    const result = await execInPod(client.api, { namespace, name: words['name']! }, command);
    const passed = result.code === 0 && result.stdout.includes(text);
    return { passed, wanted, found: excerpt(result.error ?? (result.stdout || result.stderr)) };
  },
};

export const serviceHasEndpoints: CheckForm = {
  example: 'service web [in shop] leads to 3 ready pods',
  pattern: pattern('service <name> [in <namespace>] leads to <number> ready pods'),
  async evaluate(words, client) {
    const wanted = `${words['number']} ready endpoints`;
    const namespace = namespaceOf(words);
    const service = await client.get<Service>({ apiVersion: 'v1', resource: 'services' }, namespace, words['name']!);
    if (!service) return missing(wanted, `service ${words['name']} in namespace ${namespace}`);
    const slices = await client.list<EndpointSlice>(
      { apiVersion: 'discovery.k8s.io/v1', resource: 'endpointslices' },
      { namespace, labelSelector: `kubernetes.io/service-name=${words['name']}` },
    );
    const ready = slices.items
      .flatMap(({ endpoints }) => endpoints ?? [])
      .filter(({ conditions }) => conditions?.ready !== false);
    const selector = Object.entries(service.spec.selector ?? {}).map(([key, value]) => `${key}=${value}`);
    const found = `${ready.length} ready endpoints; it selects ${selector.join(',') || 'nothing'}`;
    return { passed: ready.length === Number(words['number']), wanted, found };
  },
};

export const serviceHasType: CheckForm = {
  example: 'service web [in shop] has the type NodePort',
  pattern: pattern('service <name> [in <namespace>] has the type <type:condition>'),
  async evaluate(words, client) {
    const namespace = namespaceOf(words);
    const wanted = `type ${words['type']}`;
    const service = await client.get<Service>({ apiVersion: 'v1', resource: 'services' }, namespace, words['name']!);
    if (!service) return missing(wanted, `service ${words['name']} in namespace ${namespace}`);
    return { passed: service.spec.type === words['type'], wanted, found: `type ${service.spec.type}` };
  },
};
