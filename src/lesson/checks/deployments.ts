import type { Deployment, Pod } from '../../api/generated/types.ts';
import type { KubeClient } from '../../client/index.ts';
import { excerpt, missing, pattern, unquote, type CheckForm, type Words } from './check.ts';
import { isReady, stateOf } from './pods.ts';

const deployments = { apiVersion: 'apps/v1', resource: 'deployments' };
const namespaceOf = (words: Words) => words['namespace'] ?? 'default';

function getDeployment(words: Words, client: KubeClient) {
  return client.get<Deployment>(deployments, namespaceOf(words), words['name']!);
}

async function podsOf(deployment: Deployment, client: KubeClient): Promise<readonly Pod[]> {
  const labels = Object.entries(deployment.spec.selector.matchLabels ?? {});
  const labelSelector = labels.map(([key, value]) => `${key}=${value}`).join(',');
  const namespace = deployment.metadata.namespace ?? 'default';
  return (await client.list<Pod>({ apiVersion: 'v1', resource: 'pods' }, { namespace, labelSelector })).items;
}

export const deploymentHasReadyPods: CheckForm = {
  example: 'deployment web [in shop] has 3 ready pods',
  pattern: pattern('deployment <name> [in <namespace>] has <number> ready pods'),
  async evaluate(words, client) {
    const wanted = `${words['number']} ready pods`;
    const deployment = await getDeployment(words, client);
    if (!deployment) return missing(wanted, `deployment ${words['name']} in namespace ${namespaceOf(words)}`);
    // Pods on their way out no longer count: on a node that is down they stay listed until it comes back.
    const pods = (await podsOf(deployment, client)).filter((pod) => !pod.metadata.deletionTimestamp);
    const ready = pods.filter(isReady).length;
    const others = pods.filter((pod) => !isReady(pod)).map((pod) => `${pod.metadata.name}: ${stateOf(pod)}`);
    const found = [`${ready} ready`, ...others.slice(0, 3)].join('; ');
    return { passed: ready === Number(words['number']) && others.length === 0, wanted, found };
  },
};

export const deploymentRunsImage: CheckForm = {
  example: 'every pod of deployment web [in shop] runs the image nginx:1.27',
  pattern: pattern('every pod of deployment <name> [in <namespace>] runs the image <image>'),
  async evaluate(words, client) {
    const wanted = `only pods with the image ${words['image']}, all Ready`;
    const deployment = await getDeployment(words, client);
    if (!deployment) return missing(wanted, `deployment ${words['name']} in namespace ${namespaceOf(words)}`);
    const pods = (await podsOf(deployment, client)).filter((pod) => !pod.metadata.deletionTimestamp);
    const images = pods.map((pod) => pod.spec.containers.map(({ image }) => image).join(' '));
    const counts = [...new Set(images)].map(
      (image) => `${images.filter((other) => other === image).length} × ${image}`,
    );
    const passed =
      pods.length > 0 && images.every((image) => image.split(' ').includes(words['image']!)) && pods.every(isReady);
    const waiting = pods.filter((pod) => !isReady(pod)).length;
    return { passed, wanted, found: `${counts.join(', ') || 'no pods'}${waiting > 0 ? `; ${waiting} not Ready` : ''}` };
  },
};

export const deploymentIsRevision: CheckForm = {
  example: 'deployment web [in shop] is at revision 3 or later',
  pattern: pattern('deployment <name> [in <namespace>] is at revision <number> or later'),
  async evaluate(words, client) {
    const wanted = `revision ${words['number']} or later`;
    const deployment = await getDeployment(words, client);
    if (!deployment) return missing(wanted, `deployment ${words['name']} in namespace ${namespaceOf(words)}`);
    const revision = Number(deployment.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);
    return { passed: revision >= Number(words['number']), wanted, found: `revision ${revision}` };
  },
};

export const deploymentIsStuck: CheckForm = {
  example: 'a pod of deployment web [in shop] waits with the reason ImagePullBackOff',
  pattern: pattern('a pod of deployment <name> [in <namespace>] waits with the reason <reason:condition>'),
  async evaluate(words, client) {
    const wanted = `a pod that waits with ${words['reason']}`;
    const deployment = await getDeployment(words, client);
    if (!deployment) return missing(wanted, `deployment ${words['name']} in namespace ${namespaceOf(words)}`);
    const states = (await podsOf(deployment, client)).map(stateOf);
    // The kubelet alternates between the failed pull and the wait before the next.
    const reasons = words['reason'] === 'ImagePullBackOff' ? ['ImagePullBackOff', 'ErrImagePull'] : [words['reason']!];
    const passed = states.some((state) => reasons.some((reason) => state.includes(reason)));
    return { passed, wanted, found: [...new Set(states)].join('; ') || 'no pods' };
  },
};

export const noPodOnNode: CheckForm = {
  example: 'no pod of deployment web [in shop] is ready on node node-1',
  pattern: pattern('no pod of deployment <name> [in <namespace>] is ready on node <node:name>'),
  async evaluate(words, client) {
    const wanted = `no ready pod on ${words['node']}`;
    const deployment = await getDeployment(words, client);
    if (!deployment) return missing(wanted, `deployment ${words['name']} in namespace ${namespaceOf(words)}`);
    const pods = (await podsOf(deployment, client)).filter(isReady);
    const there = pods.filter((pod) => pod.spec.nodeName === words['node']).length;
    const nodes = [...new Set(pods.map((pod) => pod.spec.nodeName))].join(', ');
    return {
      passed: there === 0 && pods.length > 0,
      wanted,
      found: `${there} there; the ready pods are on ${nodes || 'no node'}`,
    };
  },
};

export const deploymentPrints: CheckForm = {
  example: 'deployment web [in shop] prints "ready"',
  pattern: pattern('deployment <name> [in <namespace>] prints <text>'),
  async evaluate(words, client) {
    const text = unquote(words['text']!);
    const wanted = `"${text}" in the latest logs of every pod`;
    const deployment = await getDeployment(words, client);
    if (!deployment) return missing(wanted, `deployment ${words['name']} in namespace ${namespaceOf(words)}`);
    const pods = (await podsOf(deployment, client)).filter((pod) => !pod.metadata.deletionTimestamp);
    const logs = await Promise.all(pods.map((pod) => lastLines(pod, client)));
    const passed = logs.length > 0 && logs.every((log) => log.includes(text));
    return { passed, wanted, found: excerpt(logs.find((log) => !log.includes(text)) ?? logs[0] ?? 'no pods') };
  },
};

async function lastLines(pod: Pod, client: KubeClient): Promise<string> {
  const { namespace, name } = pod.metadata;
  return (await client.text(`/api/v1/namespaces/${namespace}/pods/${name}/log?tailLines=3`)).text;
}
