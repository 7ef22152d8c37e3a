import type { Command } from '../../command/command.ts';
import {
  declareDryRunFlag,
  declareFieldManagerFlag,
  declareFilenameFlags,
  declarePodRunningTimeoutFlag,
  declareSaveConfigFlag,
} from '../../command/common-flags.ts';
import type { DryRun, Invocation } from '../../command/invocation.ts';
import { declarePrintFlags, printerOf } from '../../printers/print-flags.ts';
import type { ObjectPrinter } from '../../printers/printer.ts';
import { setAt, type JsonObject } from '../../resource/json.ts';
import { lastAppliedOf } from '../../resource/last-applied.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { groupVersionKindOf, nameOf, namespaceOf } from '../../resource/unstructured.ts';
import { saveConfig } from '../create/generator.ts';
import { deleteResources } from '../delete/delete-resources.ts';
import { declareDeletionFlags, deletionOptions } from '../delete/deletion-options.ts';
import { endAsPod, joinPod } from './attached-pod.ts';
import { checkImageName } from './image-name.ts';
import { overrideObject } from './override-object.ts';
import { podFromFlags, serviceFromFlags } from './pod-from-flags.ts';

/** Upstream: kubectl/pkg/cmd/run/run.go */
export const runCommand: Command = {
  name: 'run',
  short: 'Run a particular image on the cluster',
  long: 'Create a pod that runs an image.',
  examples: `# A pod with nginx
kubectl run nginx --image=nginx

# With a port
kubectl run hazelcast --image=hazelcast/hazelcast --port=5701

# With environment variables
kubectl run hazelcast --image=hazelcast/hazelcast --env="DNS_DOMAIN=cluster" --env="POD_NAMESPACE=default"

# With labels
kubectl run hazelcast --image=hazelcast/hazelcast --labels="app=hazelcast,env=prod"

# Only print what would be created
kubectl run nginx --image=nginx --dry-run=client

# With fields that no flag stands for
kubectl run nginx --image=nginx --overrides='{ "apiVersion": "v1", "spec": { ... } }'

# In the foreground, and not again when it ends
kubectl run -i -t busybox --image=busybox --restart=Never

# With other arguments for the image's own command
kubectl run nginx --image=nginx -- <arg1> <arg2> ... <argN>

# With another command
kubectl run nginx --image=nginx --command -- <cmd> <arg1> ... <argN>`,
  usage:
    'run NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...]',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    declareDeletionFlags(flags);
    declareFilenameFlags(flags, 'Files with what to replace.');
    declarePrintFlags(flags);
    declareDryRunFlag(flags);
    declareSaveConfigFlag(flags);
    declarePodRunningTimeoutFlag(flags, 60_000);
    declareFieldManagerFlag(flags, 'kubectl-run');
    flags.stringArray('annotations', 'An annotation of the pod: key=value.');
    flags.bool('attach', 'Wait until the pod runs, then attach to it. On by itself with -i.');
    flags.bool('command', "What follows -- is the container's command instead of its arguments.");
    flags.stringArray('env', 'An environment variable of the container: NAME=value.');
    flags.bool('expose', 'Create a ClusterIP service for the pod, too. Needs --port.');
    flags.string('image', 'The image that the container runs.', { isRequired: true });
    flags.string('image-pull-policy', 'When the image is pulled; the server decides when it is not given.');
    flags.string('labels', 'Labels of the pod, with commas between them.', { short: 'l' });
    flags.bool('leave-stdin-open', 'Leave standard input open after the first attach has ended.');
    flags.string('override-type', 'How --overrides is laid over the object: json, merge, or strategic.', {
      initial: 'merge',
    });
    flags.string('overrides', 'JSON that is laid over the object that the flags describe.');
    flags.string('port', 'The port that the container exposes.');
    flags.bool('privileged', 'Run the container in privileged mode.');
    flags.bool('quiet', 'Leave out the messages of a prompt.', { short: 'q' });
    flags.string('restart', 'The restart policy of the pod: Always, OnFailure or Never.', { initial: 'Always' });
    flags.bool('rm', 'Delete the pod after it has ended. Only for pods that one attaches to.');
    flags.bool('stdin', "Keep the container's standard input open, even if nobody is attached.", { short: 'i' });
    flags.bool('tty', 'Give the container a terminal.', { short: 't' });
  },
  run,
};

async function run(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const dryRun = invocation.dryRun();
  const suffix = { none: '', client: ' (dry run)', server: ' (server dry run)' }[dryRun];
  const printer = await printerOf(invocation, { operation: `created${suffix}`, isTyped: true });
  const deletion = deletionOptions(invocation, -1);
  check(invocation, dryRun);
  const [name, ...args] = invocation.arguments;
  const pod = podFromFlags(flags, name!, args);
  const created = [
    await create(invocation, overrideObject(pod, flags.getString('overrides'), flags.getString('override-type'))),
  ];
  if (flags.getBool('expose')) created.push(await expose(invocation, name!, printer));
  if (!isAttaching(invocation)) {
    invocation.print(printer.print(created[0]!.object!));
    return;
  }
  try {
    await attach(invocation, created[0]!);
  } finally {
    if (flags.getBool('rm')) {
      const request = { deletion, dryRun, ignoresMissing: true, isQuiet: flags.getBool('quiet') };
      // Upstream says nothing either when this fails: what matters is how the pod ended.
      for (const info of created) await deleteResources(invocation, [info], undefined, request).catch(() => undefined);
    }
  }
}

function isAttaching({ flags }: Invocation): boolean {
  return flags.getBool('attach') || (flags.getBool('stdin') && !flags.isChanged('attach'));
}

function check(invocation: Invocation, dryRun: DryRun): void {
  const { flags } = invocation;
  const fail = (message: string) => {
    throw invocation.usageError(message);
  };
  if (invocation.arguments.length === 0) fail('NAME is required for run');
  if (flags.getNumber('pod-running-timeout') <= 0) fail('--pod-running-timeout must be higher than zero');
  checkImageName(flags.getString('image'));
  if (flags.getBool('tty') && !flags.getBool('stdin')) {
    fail('-i/--stdin is required for containers with -t/--tty=true');
  }
  if (flags.getBool('expose') && flags.getString('port') === '') fail('--port must be set when exposing a service');
  const restart = flags.getString('restart');
  if (!['', 'Always', 'OnFailure', 'Never'].includes(restart)) fail(`invalid restart policy: ${restart}`);
  const attaches = isAttaching(invocation);
  if (flags.getBool('rm') && !attaches) fail('--rm should only be used for attached containers');
  if (attaches && dryRun !== 'none') {
    fail("--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)");
  }
  const policy = flags.getString('image-pull-policy');
  if (!['', 'Always', 'IfNotPresent', 'Never'].includes(policy)) fail(`invalid image pull policy: ${policy}`);
}

async function create(invocation: Invocation, object: JsonObject): Promise<ResourceInfo> {
  const { flags } = invocation;
  const { group, version, kind } = groupVersionKindOf(object);
  const mapping = await invocation.mappingForKind(group, kind, version);
  const config = await invocation.config();
  const dryRun = invocation.dryRun();
  const info = { mapping, namespace: config.namespace, name: nameOf(object), source: '', object };
  if (dryRun === 'client') {
    if (config.isNamespaceExplicit) setAt(object, config.namespace, 'metadata', 'namespace');
    return info;
  }
  if (flags.getBool('save-config') || lastAppliedOf(object) !== undefined) saveConfig(object);
  const client = await invocation.resource(mapping);
  const made = await client.create(config.namespace, object, {
    fieldManager: flags.getString('field-manager'),
    isDryRun: dryRun === 'server',
  });
  return { ...info, namespace: namespaceOf(made), name: nameOf(made), object: made };
}

async function expose(invocation: Invocation, name: string, printer: ObjectPrinter): Promise<ResourceInfo> {
  const service = await create(invocation, serviceFromFlags(invocation.flags, name));
  invocation.print(printer.print(service.object!));
  if (invocation.flags.getString('output') === 'yaml') invocation.print('---\n');
  return service;
}

async function attach(invocation: Invocation, info: ResourceInfo): Promise<void> {
  const { flags } = invocation;
  await joinPod(invocation, info);
  const restart = flags.getString('restart') || (flags.getBool('stdin') ? 'OnFailure' : 'Always');
  if (restart === 'Always' || flags.getBool('leave-stdin-open')) return;
  await endAsPod(invocation, info, restart);
}
