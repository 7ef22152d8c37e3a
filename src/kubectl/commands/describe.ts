import { ApiError, type KubeObject } from '../../api/index.ts';
import type { Command } from '../command/command.ts';
import {
  declareAllNamespacesFlag,
  declareChunkSizeFlag,
  declareFilenameFlags,
  declareSelectorFlag,
  filenameOptions,
  hasFilenames,
} from '../command/common-flags.ts';
import type { Invocation } from '../command/invocation.ts';
import type { DescribeContext } from '../describe/describer.ts';
import { describerFor } from '../describe/describers.ts';
import { CommandError, flattened, throwJoined } from '../errors/command-error.ts';
import { stringAt, type JsonObject } from '../resource/json.ts';
import { buildResources, type BuilderOptions } from '../resource/resource-builder.ts';
import type { ResourceInfo } from '../resource/resource-info.ts';
import { itemsOf } from '../resource/unstructured.ts';
import type { RestClient } from '../rest/rest-client.ts';

/** Upstream: kubectl/pkg/cmd/describe/describe.go */
export const describeCommand: Command = {
  name: 'describe',
  short: 'Show details of a specific resource or group of resources',
  long: `Show details of a specific resource or group of resources.

Prints what is known about the selected resources, and about what belongs to them, such as events and owners. A name may be a prefix: where no resource has exactly that name, all whose names begin with it are described.

Use "kubectl api-resources" for a complete list of supported resources.`,
  examples: `# One node
kubectl describe nodes kubernetes-node-emt8.c.myproject.internal

# One pod
kubectl describe pods/nginx

# What a file names
kubectl describe -f pod.json

# All pods
kubectl describe pods

# Pods with a label
kubectl describe pods -l name=myLabel

# All pods whose names begin with "frontend"
kubectl describe pods frontend`,
  usage: 'describe (-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    declareFilenameFlags(flags, 'Files, directories or URLs that name the objects to describe');
    declareSelectorFlag(flags);
    declareAllNamespacesFlag(flags);
    flags.bool('show-events', 'Show the events about each object.', { initial: true });
    declareChunkSizeFlag(flags);
  },
  run: describe,
};

async function describe(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  if (invocation.arguments.length === 0 && !hasFilenames(flags)) {
    throw new CommandError(
      'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.\n',
    );
  }
  const config = await invocation.config();
  const isAllNamespaces = flags.getBool('all-namespaces');
  const options: BuilderOptions = {
    arguments: invocation.arguments,
    filenames: filenameOptions(flags),
    namespace: config.namespace,
    enforcesNamespace: config.isNamespaceExplicit && !isAllNamespaces,
    isAllNamespaces,
    labelSelector: flags.getString('selector'),
    allowsEmptySelector: true,
    // A file says what to describe; how it is now is for the server to say.
    fetchesLatest: hasFilenames(flags),
    flattens: true,
    continuesOnError: true,
    chunkSize: flags.getNumber('chunk-size'),
  };
  const { infos, error } = await buildResources(invocation, options);
  if (error && isNotFound(error) && invocation.arguments.length === 2)
    return describePrefixed(invocation, options, error);
  const errors = error ? [error] : [];
  let isFirst = true;
  for (const info of infos) {
    try {
      invocation.print((isFirst ? '' : '\n\n') + (await textAbout(invocation, info)));
      isFirst = false;
    } catch (thrown) {
      if (!errors.some((other) => other.message === (thrown as Error).message)) errors.push(thrown as Error);
    }
  }
  if (infos.length === 0 && errors.length === 0) {
    const where = isAllNamespaces ? '' : ` in ${config.namespace} namespace.`;
    invocation.complain(`No resources found${where}\n`);
  }
  throwJoined(errors);
}

function isNotFound(error: Error): boolean {
  const [first, ...others] = flattened([error]);
  return others.length === 0 && first instanceof ApiError && first.reason === 'NotFound';
}

/** All objects whose names begin with the second argument. */
async function describePrefixed(invocation: Invocation, options: BuilderOptions, notFound: Error): Promise<void> {
  const [type = '', prefix = ''] = invocation.arguments;
  const { namespace, chunkSize } = options;
  const all = await buildResources(invocation, {
    arguments: [type],
    namespace,
    allowsEmptySelector: true,
    flattens: true,
    hasSingleType: true,
    ...(chunkSize !== undefined && { chunkSize }),
  });
  if (all.error) throw all.error;
  const matching = all.infos.filter((info) => info.name.startsWith(prefix));
  if (matching.length === 0) throw notFound;
  for (const info of matching) invocation.print(`${await textAbout(invocation, info)}\n`);
}

async function textAbout(invocation: Invocation, info: ResourceInfo): Promise<string> {
  const object = info.object as unknown as KubeObject;
  const describer = describerFor(info.mapping.kind, info.mapping.group);
  return describer(object, describeContext(invocation, await invocation.client()));
}

function describeContext(invocation: Invocation, client: RestClient): DescribeContext {
  return {
    showsEvents: invocation.flags.getBool('show-events'),
    get nowMs() {
      return invocation.nowMs();
    },
    get: async <T extends KubeObject>(path: string) => (await client.json({ path })) as unknown as T,
    async list<T extends KubeObject>(path: string, query: Readonly<Record<string, string>> = {}) {
      const items: JsonObject[] = [];
      const limit = invocation.flags.getNumber('chunk-size');
      for (let token = ''; ;) {
        const page = await client.json({
          path,
          query: { ...query, ...(limit > 0 && { limit }), ...(token && { continue: token }) },
        });
        items.push(...itemsOf(page));
        token = stringAt(page, 'metadata', 'continue');
        if (token === '') return items as unknown as readonly T[];
      }
    },
  };
}
