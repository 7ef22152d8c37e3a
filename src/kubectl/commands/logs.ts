import type { Pod } from '../../api/generated/types.ts';
import { ApiError } from '../../api/index.ts';
import type { Command } from '../command/command.ts';
import { declareContainerFlag, declarePodRunningTimeoutFlag, declareSelectorFlag } from '../command/common-flags.ts';
import type { Invocation } from '../command/invocation.ts';
import { CommandError } from '../errors/command-error.ts';
import { chooseContainer, defaultContainerAnnotation, findContainer } from '../pods/containers.ts';
import { LogPrinter } from '../pods/log-printer.ts';
import { namedResource } from '../pods/pod-argument.ts';
import { byLogging, podsOfWorkload } from '../pods/pods-of-workload.ts';
import type { Query } from '../rest/rest-client.ts';

const usage = 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]';
const usageProblem = `expected '${usage}'.\nPOD or TYPE/NAME is a required argument for the logs command`;
const linesWithSelector = 10;

/** Upstream: kubectl/pkg/cmd/logs/logs.go */
export const logsCommand: Command = {
  name: 'logs',
  short: 'Print the logs for a container in a pod',
  long: 'Print the logs for a container in a pod or specified resource. With one container, its name may be left out.',
  examples: `# The logs of the pod nginx, which has one container
kubectl logs nginx

# Of all its containers, each line with where it comes from
kubectl logs nginx --all-containers=true --prefix

# Of pods with a label
kubectl logs -l app=nginx --all-containers=true

# Of the container's previous run
kubectl logs -p -c ruby web-1

# Go on as they come
kubectl logs -f -c ruby web-1

# The latest 20 lines
kubectl logs --tail=20 nginx

# Those of the last hour
kubectl logs --since=1h nginx

# Of the first container of a job
kubectl logs job/hello

# Of a container of a deployment
kubectl logs deployment/nginx -c nginx-1`,
  usage,
  hasOwnFlagsInUsage: true,
  declare(flags) {
    flags.bool('all-containers', 'The logs of all containers of the pods.');
    flags.bool('all-pods', 'The logs of all pods; each line with where it comes from.');
    declareContainerFlag(flags);
    flags.bool('follow', 'Go on with what is logged from now on.', { short: 'f' });
    flags.bool('ignore-errors', 'Go on with the others when one log fails');
    flags.bool('insecure-skip-tls-verify-backend', "Don't check the identity of the kubelet.");
    flags.integer('limit-bytes', 'The most bytes to return; 0 for no limit.', { type: 'int64' });
    flags.integer('max-log-requests', 'The most logs to follow at once with a selector.', { initial: 5 });
    declarePodRunningTimeoutFlag(flags, 20_000);
    flags.bool('prefix', 'Begin each line with its pod and container');
    flags.bool('previous', "The logs of the container's previous run.", { short: 'p' });
    declareSelectorFlag(flags);
    flags.duration('since', 'Only logs newer than this (5s, 2m, 3h). Excludes since-time.');
    flags.string('since-time', 'Only logs after this time (RFC3339). Excludes since.');
    flags.integer(
      'tail',
      'The latest lines; -1 for all, which is the default without a selector. With one, it is 10.',
      {
        initial: -1,
        type: 'int64',
      },
    );
    flags.bool('timestamps', 'Begin each line with its time');
  },
  run: logs,
};

async function logs(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const [resource, inlineContainer] = invocation.arguments;
  checkUsage(invocation);
  const container = inlineContainer ?? flags.getString('container');
  const query = logQuery(invocation);
  const pods = resource === undefined ? await selectedPods(invocation) : await podsBehind(invocation, resource);
  const sources = pods.flatMap((pod) => sourcesOf(invocation, pod, container));
  const isFollowing = flags.getBool('follow');
  const limit = flags.getNumber('max-log-requests');
  if (isFollowing && sources.length > limit && sources.length > 1) {
    throw new CommandError(
      `you are attempting to follow ${sources.length} log streams, but maximum allowed concurrency is ${limit}, use --max-log-requests to increase the limit`,
    );
  }
  const printer = new LogPrinter(invocation, query);
  if (isFollowing) await Promise.all(sources.map((source) => printer.print(source)));
  else for (const source of sources) await printer.print(source);
}

function checkUsage(invocation: Invocation): void {
  const { flags } = invocation;
  const { length } = invocation.arguments;
  const hasSelector = flags.getString('selector') !== '';
  if ((length === 0 && !hasSelector) || length > 2) throw invocation.usageError(usageProblem);
  if (length === 1 && hasSelector) throw invocation.usageError('only a selector (-l) or a POD name is allowed');
  if (flags.getString('since-time') !== '' && flags.getNumber('since') !== 0) {
    throw new CommandError('at most one of `sinceTime` or `sinceSeconds` may be specified');
  }
  const container = invocation.arguments[1] ?? flags.getString('container');
  if (flags.getBool('all-containers') && container !== '') {
    throw new CommandError(`--all-containers=true should not be specified with container name ${container}`);
  }
  if (flags.isChanged('container') && length === 2)
    throw new CommandError('only one of -c or an inline [CONTAINER] arg is allowed');
  if (flags.getNumber('limit-bytes') < 0) throw new CommandError('--limit-bytes must be greater than 0');
  if (flags.getNumber('since') < 0) throw new CommandError('--since must be greater than 0');
  if (flags.getNumber('tail') < -1) throw new CommandError('--tail must be greater than or equal to -1');
}

function logQuery({ flags }: Invocation): Query {
  const sinceMs = flags.getNumber('since');
  const tail = flags.getNumber('tail');
  const usesDefaultTail = flags.getString('selector') !== '' && !flags.isChanged('tail');
  return {
    follow: flags.getBool('follow') || undefined,
    previous: flags.getBool('previous') || undefined,
    timestamps: flags.getBool('timestamps') || undefined,
    sinceTime: flags.getString('since-time') || undefined,
    sinceSeconds: sinceMs === 0 ? undefined : Math.round(sinceMs / 1000),
    limitBytes: flags.getNumber('limit-bytes') || undefined,
    tailLines: usesDefaultTail ? linesWithSelector : tail === -1 ? undefined : tail,
  };
}

async function selectedPods(invocation: Invocation): Promise<readonly Pod[]> {
  const pods = await invocation.resource(await invocation.mappingFor('pods'));
  const namespace = await invocation.namespace();
  const found = await pods.listAll(namespace, { labelSelector: invocation.flags.getString('selector') });
  if (found.length === 0) invocation.complain(`No resources found in ${namespace} namespace.\n`);
  return found as unknown as readonly Pod[];
}

async function podsBehind(invocation: Invocation, resource: string): Promise<readonly Pod[]> {
  const { flags } = invocation;
  const [info] = await namedResource(invocation, resource).catch(async (error: unknown) => {
    if (!(error instanceof ApiError) || error.reason !== 'NotFound') throw error;
    const namespace = JSON.stringify(await invocation.namespace());
    throw new CommandError(`error from server (NotFound): ${error.message} in namespace ${namespace}`);
  });
  if (!info) throw new CommandError('expected a resource');
  if (info.mapping.kind === 'Pod' && info.mapping.group === '') return [info.object as unknown as Pod];
  const timeoutMs = flags.getNumber('pod-running-timeout');
  const pods = await podsOfWorkload(invocation, info, byLogging, timeoutMs, 'cannot get the logs from');
  if (flags.getBool('all-pods')) return pods;
  if (pods.length > 1) invocation.complain(`Found ${pods.length} pods, using pod/${pods[0]!.metadata.name}\n`);
  return pods.slice(0, 1);
}

/** One log: a container of a pod. */
export interface LogSource {
  readonly pod: Pod;
  readonly container: string;
}

function sourcesOf(invocation: Invocation, pod: Pod, container: string): readonly LogSource[] {
  const { flags } = invocation;
  if (flags.getBool('all-containers')) {
    const { initContainers = [], containers, ephemeralContainers = [] } = pod.spec;
    return [...initContainers, ...containers, ...ephemeralContainers].map(({ name }) => ({ pod, container: name }));
  }
  if (container !== '') {
    if (findContainer(pod, container)) return [{ pod, container }];
    throw new CommandError(`container ${container} is not valid for pod ${pod.metadata.name}`);
  }
  const preferred = pod.metadata.annotations?.[defaultContainerAnnotation];
  if (preferred && !findContainer(pod, preferred)) {
    invocation.complain(`Default container name ${JSON.stringify(preferred)} not found in pod ${pod.metadata.name}\n`);
  }
  const mention = (text: string) => {
    if (!flags.getBool('all-pods')) invocation.complain(text);
  };
  return [{ pod, container: chooseContainer(pod, '', mention).name }];
}
