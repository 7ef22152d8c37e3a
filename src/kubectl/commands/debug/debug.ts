import type { Node, Pod } from '../../../api/generated/types.ts';
import { createStrategicTwoWayPatch, goQuote, type JsonObject as Json } from '../../../api/index.ts';
import type { Command } from '../../command/command.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import type { JsonObject } from '../../resource/json.ts';
import { patchSchemaOf } from '../../resource/patch-schema.ts';
import { visitResources } from '../../resource/resource-builder.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { isImageName } from '../run/image-name.ts';
import { copyOf, podOnNode, withEphemeralContainer, type DebugPod, type DebugRequest } from './debug-pods.ts';
import { joinContainer } from './join-container.ts';
import { checkProfile } from './profiles.ts';

/**
 * Upstream: kubectl/pkg/cmd/debug/debug.go
 * Differs: there is no --custom.
 */
export const debugCommand: Command = {
  name: 'debug',
  short: 'Create debugging sessions for troubleshooting workloads and nodes',
  long: `Look into what is wrong with the help of containers made for it.

What happens depends on what is named:

 * Workload: a copy of a pod with some fields changed, such as the image (with --copy-to).
 * Workload: another container in a pod that runs, without a restart (an ephemeral container).
 * Node: a new pod in the node's namespaces, with the node's files at /host.`,
  examples: `# A shell in the pod mypod, in a container of its own
kubectl debug mypod -it --image=busybox

# A container of that name
kubectl debug --image=myproj/debug-tools -c debugger mypod

# A copy of mypod with a container more, to which one attaches
kubectl debug mypod -it --image=busybox --copy-to=my-debugger

# A copy in which mycontainer runs another command
kubectl debug mypod -it --copy-to=my-debugger --container=mycontainer -- sh

# A copy in which all images are busybox
kubectl debug mypod --copy-to=my-debugger --set-image=*=busybox

# A shell on a node; its files are at /host
kubectl debug node/mynode -it --image=busybox`,
  usage: 'debug (POD | TYPE[[.VERSION].GROUP]/NAME) [ -- COMMAND [args...] ]',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    flags.stringSlice('filename', 'Files that name what to look into.', { short: 'f' });
    flags.bool('arguments-only', "What follows -- are the container's arguments, not its command.");
    flags.bool('attach', 'Wait until the container runs and attach to it. On by itself with -i.');
    flags.string('container', 'What to call the container.', { short: 'c' });
    flags.string('copy-to', 'Make a copy of the pod with this name.');
    flags.bool('replace', 'With --copy-to: delete the original pod.');
    flags.stringToString('env', 'Environment variables of the container.');
    flags.string('image', 'The image of the container.');
    flags.bool('keep-labels', 'With --copy-to: keep the labels.');
    flags.bool('keep-annotations', 'With --copy-to: keep the annotations.');
    flags.bool('keep-liveness', 'With --copy-to: keep the liveness probes.');
    flags.bool('keep-readiness', 'With --copy-to: keep the readiness probes.');
    flags.bool('keep-startup', 'With --copy-to: keep the startup probes.');
    flags.bool('keep-init-containers', 'With --copy-to: run the init containers, too.', { initial: true });
    flags.stringToString('set-image', 'With --copy-to: name=image pairs, * for every container.');
    flags.string('image-pull-policy', 'When the image is pulled; the server decides when it is not given.');
    flags.bool('stdin', "Keep the container's standard input open, even if nobody is attached.", { short: 'i' });
    flags.bool('quiet', 'Leave out what only informs.', { short: 'q' });
    flags.bool('same-node', 'With --copy-to: put the copy on the same node.');
    flags.bool('share-processes', 'With --copy-to: containers of the copy see each other’s processes.', {
      initial: true,
    });
    flags.string('target', 'For an ephemeral container: the container whose processes it sees.');
    flags.bool('tty', 'Give the container a terminal.', { short: 't' });
    flags.string('profile', 'One of legacy, general, baseline, netadmin, restricted and sysadmin.', {
      initial: 'legacy',
    });
  },
  run: debug,
};

async function debug(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const dash = flags.argumentsBeforeDash;
  const names = dash < 0 ? invocation.arguments : invocation.arguments.slice(0, dash);
  const request = requestOf(invocation, dash < 0 ? [] : invocation.arguments.slice(dash));
  const config = await invocation.config();
  checkProfile(request.profile);
  check(invocation, names, request);
  const attaches = flags.getBool('attach') || (flags.getBool('stdin') && !flags.isChanged('attach'));
  const options = {
    arguments: names.map((name) => (name.includes('/') ? name : `pods/${name}`)),
    filenames: { filenames: flags.getStrings('filename'), isRecursive: false, kustomize: '' },
    namespace: config.namespace,
    enforcesNamespace: config.isNamespaceExplicit,
  };
  await visitResources(invocation, options, async (info) => {
    const { pod, container } = await open(invocation, info, request);
    if (attaches && container !== undefined) await joinContainer(invocation, pod, container);
  });
}

function requestOf(invocation: Invocation, command: readonly string[]): DebugRequest {
  const { flags } = invocation;
  const env = [...flags.getMap('env')].map(([name, value]) => ({ name, value }));
  const policy = flags.getString('image-pull-policy');
  return {
    container: flags.getString('container'),
    image: flags.getString('image'),
    setImages: flags.getMap('set-image'),
    copyTo: flags.getString('copy-to'),
    fields: {
      ...(policy !== '' && { imagePullPolicy: policy }),
      ...(flags.getBool('stdin') && { stdin: true }),
      ...(flags.getBool('tty') && { tty: true }),
    },
    env: env.length > 0 ? env : undefined,
    command,
    isArgumentsOnly: flags.getBool('arguments-only'),
    target: flags.getString('target'),
    profile: flags.getString('profile'),
    kept: {
      labels: flags.getBool('keep-labels'),
      annotations: flags.getBool('keep-annotations'),
      livenessProbe: flags.getBool('keep-liveness'),
      readinessProbe: flags.getBool('keep-readiness'),
      startupProbe: flags.getBool('keep-startup'),
      initContainers: flags.getBool('keep-init-containers'),
    },
    sharesProcesses: flags.isChanged('share-processes') ? flags.getBool('share-processes') : undefined,
    staysOnNode: flags.getBool('same-node'),
  };
}

function check(invocation: Invocation, names: readonly string[], request: DebugRequest): void {
  const { flags } = invocation;
  const fail = (message: string) => {
    throw new CommandError(message);
  };
  const { image, container, copyTo, setImages, command, target } = request;
  if (flags.getBool('attach') && flags.isChanged('attach') && image === '' && container === '') {
    fail('you must specify --container or create a new container using --image in order to attach.');
  }
  if (copyTo !== '') {
    if (image === '' && setImages.size === 0 && command.length === 0) {
      fail('you must specify --image, --set-image or command arguments.');
    }
    if (command.length > 0 && container === '' && image === '') {
      fail('you must specify an existing container or a new image when specifying args.');
    }
  } else {
    if (flags.getBool('replace')) fail('--replace may only be used with --copy-to.');
    if (flags.getBool('same-node')) fail('--same-node may only be used with --copy-to.');
    if (setImages.size > 0) fail('--set-image may only be used with --copy-to.');
    if (image === '') fail('you must specify --image when not using --copy-to.');
  }
  if (image !== '' && !isImageName(image)) fail(`invalid image name ${goQuote(image)}: invalid reference format`);
  if (names.length === 0 && flags.getStrings('filename').length === 0) fail('NAME or filename is required for debug');
  const policy = flags.getString('image-pull-policy');
  if (!['', 'Always', 'IfNotPresent', 'Never'].includes(policy)) fail(`invalid image pull policy: ${policy}`);
  for (const [name, each] of setImages) {
    if (!isImageName(each)) {
      fail(`invalid image name ${goQuote(each)} for container ${goQuote(name)}: invalid reference format`);
    }
  }
  if (target !== '') {
    if (copyTo !== '') fail('--target is incompatible with --copy-to. Use --share-processes instead.');
    if (!flags.getBool('quiet')) {
      invocation.print(
        `Targeting container ${goQuote(target)}. If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`,
      );
    }
  }
  if (flags.getBool('tty') && !flags.getBool('stdin')) fail('-i/--stdin is required for containers with -t/--tty=true');
  if (request.profile === 'legacy') {
    invocation.complain(
      '--profile=legacy is deprecated and will be removed in the future. It is recommended to explicitly specify a profile, for example "--profile=general".\n',
    );
  }
}

async function open(invocation: Invocation, info: ResourceInfo, request: DebugRequest): Promise<DebugPod> {
  const { group, version, kind } = info.mapping;
  if (group === '' && kind === 'Node') {
    return create(invocation, podOnNode(invocation, info.object as unknown as Node, request));
  }
  if (group !== '' || kind !== 'Pod') {
    const name = `${group}/${version}, Kind=${kind}`;
    throw new CommandError(`${goQuote(name)} not supported by debug`);
  }
  const original = info.object as unknown as Pod;
  if (request.copyTo === '') return extend(invocation, info, withEphemeralContainer(invocation, original, request));
  const copy = copyOf(invocation, original, request);
  warnOfUser(invocation, copy);
  const created = await create(invocation, copy);
  if (invocation.flags.getBool('replace')) {
    const client = await invocation.resource(info.mapping);
    await client.delete(info.namespace, info.name, { kind: 'DeleteOptions', apiVersion: 'v1', gracePeriodSeconds: 0 });
  }
  return created;
}

async function extend(invocation: Invocation, info: ResourceInfo, debugPod: DebugPod): Promise<DebugPod> {
  warnOfUser(invocation, debugPod);
  const schema = patchSchemaOf({ group: '', version: 'v1', kind: 'Pod' })!;
  const patch = createStrategicTwoWayPatch(info.object as Json, debugPod.pod as unknown as Json, schema);
  const client = await invocation.resource(info.mapping);
  const subresource = 'ephemeralcontainers';
  const result = await client.patch(info.namespace, info.name, 'strategic', patch, { subresource });
  return { ...debugPod, pod: result as unknown as Pod };
}

async function create(invocation: Invocation, { pod, container }: DebugPod): Promise<DebugPod> {
  const client = await invocation.resource(await invocation.mappingFor('pods'));
  const namespace = pod.metadata.namespace ?? (await invocation.namespace());
  const created = await client.create(namespace, pod as unknown as JsonObject);
  return { pod: created as unknown as Pod, container };
}

/** What a profile grants is of little use to a user who is not root. */
function warnOfUser(invocation: Invocation, { pod, container }: DebugPod): void {
  if (!pod.spec.securityContext?.runAsUser) return;
  const all = [...pod.spec.containers, ...(pod.spec.ephemeralContainers ?? [])];
  const context = all.find(({ name }) => name === container)?.securityContext;
  if (!context || context.runAsUser === 0) return;
  if (!context.privileged && (context.capabilities?.add ?? []).length === 0) return;
  invocation.warn(
    'Non-root user is configured for the entire target Pod, and some capabilities granted by debug profile may not work. Please consider using "--custom" with a custom profile that specifies "securityContext.runAsUser: 0".',
  );
}
