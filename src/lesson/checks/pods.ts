import type { Pod } from '../../api/generated/types.ts';
import { execInPod, type KubeClient } from '../../client/index.ts';
import { excerpt, missing, pattern, unquote, type CheckForm, type Words } from './check.ts';

const pods = { apiVersion: 'v1', resource: 'pods' };
const namespaceOf = (words: Words) => words['namespace'] ?? 'default';

const getPod = (words: Words, client: KubeClient) => client.get<Pod>(pods, namespaceOf(words), words['name']!);

export const podIsReady: CheckForm = {
  example: 'pod web [in shop] is ready',
  pattern: pattern('pod <name> [in <namespace>] is ready'),
  async evaluate(words, client) {
    const wanted = `pod ${words['name']} is Ready`;
    const pod = await getPod(words, client);
    if (!pod) return missing(wanted, `pod ${words['name']} in namespace ${namespaceOf(words)}`);
    return { passed: isReady(pod), wanted, found: stateOf(pod) };
  },
};

export const podIsGone: CheckForm = {
  example: 'pod web [in shop] is gone',
  pattern: pattern('pod <name> [in <namespace>] is gone'),
  async evaluate(words, client) {
    const pod = await getPod(words, client);
    const wanted = `no pod ${words['name']} in namespace ${namespaceOf(words)}`;
    return { passed: !pod, wanted, found: pod ? `it is there: ${stateOf(pod)}` : 'it is gone' };
  },
};

export const podRunsImage: CheckForm = {
  example: 'pod web [in shop] runs the image nginx:1.27',
  pattern: pattern('pod <name> [in <namespace>] runs the image <image>'),
  async evaluate(words, client) {
    const wanted = `a container with the image ${words['image']}`;
    const pod = await getPod(words, client);
    if (!pod) return missing(wanted, `pod ${words['name']} in namespace ${namespaceOf(words)}`);
    const images = pod.spec.containers.map((container) => container.image ?? '');
    return { passed: images.includes(words['image']!), wanted, found: images.join(', ') };
  },
};

export const podHasRestarted: CheckForm = {
  example: 'pod web [in shop] has restarted',
  pattern: pattern('pod <name> [in <namespace>] has restarted'),
  async evaluate(words, client) {
    const wanted = 'at least one restart of a container';
    const pod = await getPod(words, client);
    if (!pod) return missing(wanted, `pod ${words['name']} in namespace ${namespaceOf(words)}`);
    const restarts = (pod.status.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0);
    return { passed: restarts > 0, wanted, found: `${restarts} restarts` };
  },
};

export const podPrints: CheckForm = {
  example: 'in pod web [in shop], "printenv COLOR" prints "blue"',
  pattern: pattern('in pod <name> [in <namespace>], <command:text> prints <text>'),
  async evaluate(words, client) {
    const command = unquote(words['command']!);
    const text = unquote(words['text']!);
    const wanted = `"${text}" in what ${command} prints`;
    const pod = await getPod(words, client);
    if (!pod) return missing(wanted, `pod ${words['name']} in namespace ${namespaceOf(words)}`);
    if (pod.status.phase !== 'Running')
      return { passed: false, wanted, found: `the pod does not run: ${stateOf(pod)}` };
    const result = await execInPod(client.api, { namespace: namespaceOf(words), name: words['name']! }, [
      'sh',
      '-c',
      command,
    ]);
    const output = result.error ?? (result.stdout || result.stderr);
    return { passed: result.code === 0 && result.stdout.includes(text), wanted, found: excerpt(output) };
  },
};

export function isReady(pod: Pod): boolean {
  return (
    !pod.metadata.deletionTimestamp &&
    (pod.status.conditions ?? []).some((c) => c.type === 'Ready' && c.status === 'True')
  );
}

/** One phrase about a pod: the reason why it waits, if it does. */
export function stateOf(pod: Pod): string {
  if (pod.metadata.deletionTimestamp) return 'Terminating';
  const states = [...(pod.status.initContainerStatuses ?? []), ...(pod.status.containerStatuses ?? [])];
  const waiting = states.find((status) => status.state?.waiting?.reason)?.state?.waiting;
  if (waiting) return `${pod.status.phase ?? 'Unknown'}, ${waiting.reason}`;
  const unscheduled = (pod.status.conditions ?? []).find((c) => c.type === 'PodScheduled' && c.status === 'False');
  if (unscheduled) return `Pending: ${unscheduled.message ?? unscheduled.reason}`;
  return isReady(pod) ? 'Running and Ready' : `${pod.status.phase ?? 'Unknown'}, not Ready`;
}
