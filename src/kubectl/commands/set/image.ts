import type { Command } from '../../command/command.ts';
import {
  declareDryRunFlag,
  declareFieldManagerFlag,
  declareFilenameFlags,
  declareSelectorFlag,
  filenameOptions,
  hasFilenames,
} from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError, throwJoined } from '../../errors/command-error.ts';
import { declarePrintFlags, printerOf } from '../../printers/print-flags.ts';
import { cloneJson, equalJson, objectAt, objectsAt, type JsonObject } from '../../resource/json.ts';
import { buildResources } from '../../resource/resource-builder.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { podSpecPath } from './pod-spec-path.ts';
import { sendChange } from './send-change.ts';

/** Upstream: kubectl/pkg/cmd/set/set_image.go */
export const setImageCommand: Command = {
  name: 'image',
  short: 'Update the image of a pod template',
  long: `Update existing container image(s) of resources.

Possible resources include (case insensitive):

pod (po), replicationcontroller (rc), deployment (deploy), daemonset (ds), statefulset (sts), cronjob (cj), replicaset (rs)`,
  examples: `# The nginx container of a deployment
kubectl set image deployment/nginx busybox=busybox nginx=nginx:1.9.1

# In all deployments and replication controllers
kubectl set image deployments,rc nginx=nginx:1.9.1 --all

# All containers of a daemon set
kubectl set image daemonset abc *=nginx:1.9.1

# In a file, without a server
kubectl set image -f path/to/file.yaml nginx=nginx:1.9.1 --local -o yaml`,
  usage: 'image (-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    declarePrintFlags(flags);
    declareDryRunFlag(flags);
    declareFilenameFlags(flags, 'Files that name what to change.');
    declareFieldManagerFlag(flags, 'kubectl-set');
    declareSelectorFlag(flags);
    flags.bool('all', 'All objects of the types in the namespace');
    flags.bool('local', 'Change files only; no server is asked.');
  },
  run: setImage,
};

async function setImage(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const dryRun = invocation.dryRun();
  const suffix = { none: '', client: ' (dry run)', server: ' (server dry run)' }[dryRun];
  const printer = await printerOf(invocation, { operation: `image updated${suffix}`, isTyped: true });
  const { resources, images } = splitArguments(invocation.arguments);
  const config = await invocation.config();
  const isLocal = flags.getBool('local');
  if (isLocal && resources.length > 0) {
    throw new CommandError(
      "error: you must specify resources by --filename when --local is set.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'",
    );
  }
  const { infos, error } = await buildResources(invocation, {
    arguments: isLocal ? [] : resources,
    filenames: filenameOptions(flags),
    namespace: config.namespace,
    enforcesNamespace: config.isNamespaceExplicit,
    flattens: true,
    continuesOnError: true,
    isLocal,
    ...(!isLocal && {
      labelSelector: flags.getString('selector'),
      allowsEmptySelector: flags.getBool('all'),
      fetchesLatest: true,
    }),
  });
  if (error) throw error;
  check(invocation, resources, images);
  const errors: Error[] = [];
  for (const info of infos) {
    const { object, problems } = withImages(info, images);
    errors.push(...problems);
    if (!object || equalJson(object, info.object)) continue;
    if (isLocal || dryRun === 'client') {
      invocation.print(printer.print(object));
      continue;
    }
    try {
      invocation.print(printer.print(await sendChange(invocation, info, object, dryRun === 'server')));
    } catch (thrown) {
      errors.push(new CommandError(`failed to patch image update to pod template: ${(thrown as Error).message}`));
    }
  }
  throwJoined(errors);
}

function check({ flags }: Invocation, resources: readonly string[], images: ReadonlyMap<string, string>): void {
  const problems: string[] = [];
  if (flags.getBool('all') && flags.getString('selector') !== '')
    problems.push('cannot set --all and --selector at the same time');
  if (resources.length === 0 && !hasFilenames(flags)) {
    problems.push('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  }
  if (images.size === 0) problems.push('at least one image update is required');
  else if (images.size > 1 && images.has('*')) {
    problems.push(
      'all containers are already specified by *, but saw more than one container_name=container_image pairs',
    );
  }
  if (flags.getBool('local') && flags.getString('dry-run') === 'server') {
    problems.push('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  }
  throwJoined(problems.map((problem) => new CommandError(problem)));
}

/** Resources first, then `container=image`. */
function splitArguments(words: readonly string[]): {
  readonly resources: string[];
  readonly images: Map<string, string>;
} {
  const resources: string[] = [];
  const images = new Map<string, string>();
  for (const word of words) {
    const equals = word.indexOf('=');
    if (equals > 0) {
      const image = word.slice(equals + 1);
      if (image === '') throw new CommandError(`invalid image format: ${word}`);
      images.set(word.slice(0, equals), image);
    } else if (images.size > 0) throw new CommandError(`all resources must be specified before image changes: ${word}`);
    else resources.push(word);
  }
  return { resources, images };
}

interface ChangedObject {
  readonly object?: JsonObject;
  readonly problems: readonly Error[];
}

function withImages(info: ResourceInfo, images: ReadonlyMap<string, string>): ChangedObject {
  const object = cloneJson(info.object!);
  const path = podSpecPath(info.mapping);
  const spec = path && objectAt(object, ...path);
  if (!spec) {
    const what = `${info.mapping.resource}/${info.name}`;
    return {
      problems: [
        new CommandError(
          `error: ${what} the object is not a pod or does not have a pod template: *${info.mapping.version}.${info.mapping.kind}\n`,
        ),
      ],
    };
  }
  const containers = [...objectsAt(spec, 'initContainers'), ...objectsAt(spec, 'containers')];
  const problems: Error[] = [];
  for (const [name, image] of images) {
    const named = containers.filter((container) => name === '*' || container['name'] === name);
    for (const container of named) container['image'] = image;
    if (named.length === 0)
      problems.push(new CommandError(`error: unable to find container named ${JSON.stringify(name)}`));
  }
  return { object, problems };
}
