import type { Container, EnvVarSource } from '../../../../api/generated/types.ts';
import type { Command } from '../../../command/command.ts';
import {
  declareDryRunFlag,
  declareFieldManagerFlag,
  declareFilenameFlags,
  declareSelectorFlag,
} from '../../../command/common-flags.ts';
import type { Invocation } from '../../../command/invocation.ts';
import { CommandError } from '../../../errors/command-error.ts';
import { declarePrintFlags, printerOf } from '../../../printers/print-flags.ts';
import { readAll } from '../../../resource/file-sources.ts';
import { objectAt, objectsAt, stringAt, type JsonObject } from '../../../resource/json.ts';
import type { ResourceInfo } from '../../../resource/resource-info.ts';
import { changeObjects, objectsToChange, podSpecOf } from '../change-objects.ts';
import { selectContainers } from '../select-containers.ts';
import {
  parseEnv,
  refuseOverwrites,
  splitEnvArguments,
  updateEnv,
  type EnvChanges,
  type EnvVar,
} from './env-changes.ts';
import { describeSource, EnvResolver } from './env-sources.ts';

/** Upstream: kubectl/pkg/cmd/set/set_env.go */
export const setEnvCommand: Command = {
  name: 'env',
  short: 'Update environment variables on a pod template',
  long: `Update environment variables on a pod template.

Lists, adds, changes or removes the environment variables of all containers of pods and pod templates, or of those that --containers names. With "-e -" variables are read from standard input, one KEY=value a line.

Possible resources include (case insensitive):

pod (po), replicationcontroller (rc), deployment (deploy), daemonset (ds), statefulset (sts), cronjob (cj), replicaset (rs)`,
  examples: `# One more variable for a deployment
kubectl set env deployment/registry STORAGE_DIR=/local

# The variables of a deployment
kubectl set env deployment/sample-build --list

# Of all pods
kubectl set env pods --all --list

# All keys of a secret
kubectl set env --from=secret/mysecret deployment/myapp

# All keys of a config map, with something before their names
kubectl set env --from=configmap/myconfigmap --prefix=MYSQL_ deployment/myapp

# One key of a config map
kubectl set env --keys=my-example-key --from=configmap/myconfigmap deployment/myapp

# Take a variable away from one container in all deployments
kubectl set env deployments --all --containers="c1" ENV-

# Variables of the local shell
env | grep RAILS_ | kubectl set env -e - deployment/registry`,
  usage: 'env RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    declareFilenameFlags(flags, 'Files that name what to change');
    flags.string('containers', 'The containers to change, by name; * stands for anything', {
      short: 'c',
      initial: '*',
    });
    flags.string('from', 'A config map or secret whose keys become variables');
    flags.string('prefix', 'What to put before the names of variables');
    flags.stringArray('env', 'A variable for each container: KEY=value.', { short: 'e' });
    flags.stringSlice('keys', 'The keys to take --from, with commas between them');
    flags.bool('list', 'Show the variables, with the changes.');
    flags.bool('resolve', 'With --list: look up what config maps and secrets hold');
    flags.bool('local', 'Change files only; no server is asked.');
    flags.bool('all', 'All objects of the types in the namespace');
    flags.bool('overwrite', 'Change variables that are there already; otherwise that is refused.', { initial: true });
    declareFieldManagerFlag(flags, 'kubectl-set');
    declareSelectorFlag(flags);
    declarePrintFlags(flags);
    declareDryRunFlag(flags);
  },
  run: setEnv,
};

async function setEnv(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  if (flags.getBool('all') && flags.getString('selector') !== '') {
    throw new CommandError('cannot set --all and --selector at the same time');
  }
  const { resources, specs } = splitEnvArguments(invocation.arguments);
  invocation.dryRun();
  await printerOf(invocation);
  check(invocation, resources);
  const parsed = await parseEnv([...flags.getStrings('env'), ...specs], () => readAll(invocation.io.stdin));
  const prefix = flags.getString('prefix');
  const added = [...parsed.added, ...(await importedEnv(invocation))];
  const changes = { ...parsed, added: added.map((variable) => ({ ...variable, name: prefix + variable.name })) };
  const resolver = new EnvResolver(invocation);
  const infos = await objectsToChange(invocation, resources);
  if (flags.getBool('list')) {
    for (const info of infos) await list(invocation, info, changes, resolver);
    return;
  }
  await changeObjects(invocation, infos, {
    operation: 'env updated',
    failure: 'failed to patch env update to pod template:',
    change: (object, info) => {
      for (const container of containersOf(invocation, object, info)) {
        const env = changedEnv(invocation, container, changes);
        if (env.length > 0) container['env'] = env;
        else delete container['env'];
      }
      return true;
    },
  });
}

function check({ flags }: Invocation, resources: readonly string[]): void {
  const fail = (message: string) => {
    throw new CommandError(message);
  };
  if (flags.getBool('local') && flags.getString('dry-run') === 'server') {
    fail('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  }
  if (flags.getStrings('filename').length === 0 && resources.length === 0) {
    fail('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  }
  if (flags.getBool('list') && flags.getString('output') !== '') {
    fail('--list and --output may not be specified together');
  }
  if (flags.getStrings('keys').length > 0 && flags.getString('from') === '') {
    fail('when specifying --keys, a configmap or secret must be provided with --from');
  }
}

/** A variable for each key of what `--from` names. */
async function importedEnv(invocation: Invocation): Promise<readonly EnvVar[]> {
  const { flags } = invocation;
  const from = flags.getString('from');
  if (from === '') return [];
  const keys = flags.getStrings('keys');
  return (await objectsToChange(invocation, [from])).flatMap(({ mapping, name, object }) => {
    const reference = { Secret: 'secretKeyRef', ConfigMap: 'configMapKeyRef' }[mapping.kind];
    if (!reference || mapping.group !== '') throw new CommandError('unsupported resource specified in --from');
    return Object.keys(objectAt(object, 'data') ?? {})
      .toSorted()
      .filter((key) => keys.length === 0 || keys.includes(key))
      .map((key) => ({ name: variableName(invocation, key), valueFrom: { [reference]: { name, key } } }));
  });
}

function variableName(invocation: Invocation, key: string): string {
  const name = key.replace(/[^a-zA-Z0-9_]/g, '_').toUpperCase();
  if (name !== key) invocation.warn(`key ${key} transferred to ${name}`);
  return name;
}

function containersOf(invocation: Invocation, object: JsonObject, info: ResourceInfo): readonly JsonObject[] {
  const pattern = invocation.flags.getString('containers');
  const containers = selectContainers(podSpecOf(object, info), pattern);
  if (containers.length === 0) {
    invocation.warn(
      `${info.mapping.kind}/${info.name} does not have any containers matching ${JSON.stringify(pattern)}`,
    );
  }
  return containers;
}

function changedEnv({ flags }: Invocation, container: JsonObject, changes: EnvChanges): JsonObject[] {
  const current = objectsAt(container, 'env');
  if (!flags.getBool('overwrite')) refuseOverwrites(current, changes);
  return updateEnv(current, changes);
}

async function list(
  invocation: Invocation,
  info: ResourceInfo,
  changes: EnvChanges,
  resolver: EnvResolver,
): Promise<void> {
  const object = info.object!;
  let containers: readonly JsonObject[];
  try {
    containers = containersOf(invocation, object, info);
  } catch {
    // Upstream lists what it can and keeps quiet about the rest.
    return;
  }
  for (const container of containers) {
    invocation.print(`# ${info.mapping.kind} ${info.name}, container ${stringAt(container, 'name')}\n`);
    const problems = new Map<string, string[]>();
    for (const variable of changedEnv(invocation, container, changes)) {
      const name = stringAt(variable, 'name');
      const source = objectAt(variable, 'valueFrom') as EnvVarSource | undefined;
      if (!source) {
        invocation.print(`${name}=${stringAt(variable, 'value')}\n`);
        continue;
      }
      if (invocation.flags.getBool('resolve')) {
        try {
          const value = await resolver.resolve(source, object, container as unknown as Container);
          invocation.print(`${name}=${value}\n`);
          continue;
        } catch (error) {
          const { message } = error as Error;
          problems.set(message, [...(problems.get(message) ?? []), name]);
        }
      }
      invocation.print(`# ${name} from ${describeSource(source)}\n`);
    }
    const lines = [...problems].map(
      ([message, names]) => `error retrieving reference for ${names.toSorted().join(', ')}: ${message}\n`,
    );
    invocation.complain(lines.toSorted().join(''));
  }
}
