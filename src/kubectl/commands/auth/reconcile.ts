import { ApiError } from '../../../api/index.ts';
import type { Command } from '../../command/command.ts';
import { declareDryRunFlag, declareFilenameFlags, filenameOptions, hasFilenames } from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { declarePrintFlags, printerOf } from '../../printers/print-flags.ts';
import type { ObjectPrinter } from '../../printers/printer.ts';
import { setAt, stringAt, type JsonObject } from '../../resource/json.ts';
import type { ResourceClient } from '../../resource/resource-client.ts';
import { visitResources } from '../../resource/resource-builder.ts';
import { groupVersionKindOf, nameOf, namespaceOf } from '../../resource/unstructured.ts';
import { reconcile, type Reconciliation } from './reconciliation.ts';

const group = 'rbac.authorization.k8s.io';
const kinds: ReadonlySet<string> = new Set(['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding']);

/** Upstream: kubectl/pkg/cmd/auth/reconcile.go */
export const reconcileCommand: Command = {
  name: 'reconcile',
  short: 'Reconciles rules for RBAC role, role binding, cluster role, and cluster role binding objects',
  long: `Makes roles, cluster roles and their bindings allow what files say.

What is missing is created, with its namespace if need be.

A role that is there gets the permissions of the file besides its own; --remove-extra-permissions takes its others away.

A binding that is there gets the subjects of the file besides its own; --remove-extra-subjects takes its others away.

For RBAC this is better than 'apply', since it compares what rules and subjects mean.`,
  examples: `# The RBAC objects of a file
kubectl auth reconcile -f my-rbac-rules.yaml`,
  usage: 'reconcile -f FILENAME',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    declarePrintFlags(flags);
    declareFilenameFlags(flags, 'Files with the objects to reconcile.');
    flags.bool('remove-extra-permissions', 'Take away permissions of roles that the files do not mention.');
    flags.bool('remove-extra-subjects', 'Take away subjects of bindings that the files do not mention.');
    declareDryRunFlag(flags);
  },
  run,
};

async function run(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  if (!hasFilenames(flags)) throw new CommandError('must specify one of -f and -k');
  if (invocation.arguments.length > 0) throw new CommandError('no arguments are allowed');
  const dryRun = invocation.dryRun();
  if (dryRun === 'server') throw new CommandError('--dry-run=server for command reconcile is not supported yet');
  const isDryRun = dryRun === 'client';
  const printer = await printerOf(invocation, {
    operation: isDryRun ? 'reconciled (dry run)' : 'reconciled',
    isTyped: true,
  });
  const config = await invocation.config();
  const options = {
    filenames: filenameOptions(flags),
    namespace: config.namespace,
    enforcesNamespace: config.isNamespaceExplicit,
    isLocal: true,
    flattens: true,
    continuesOnError: true,
  };
  await visitResources(invocation, options, async ({ object }) => {
    const { group: itsGroup, version, kind } = groupVersionKindOf(object!);
    if (itsGroup !== group || !kinds.has(kind)) return;
    if (version !== 'v1') throw new CommandError(`only ${group}/v1 is supported: not *${version}.${kind}`);
    const result = await reconcileObject(invocation, object!, isDryRun);
    report(invocation, printer, result);
  });
}

async function reconcileObject(
  invocation: Invocation,
  expected: JsonObject,
  isDryRun: boolean,
): Promise<Reconciliation> {
  const mapping = await invocation.mappingForKind(group, stringAt(expected, 'kind'), 'v1');
  const client = await invocation.resource(mapping);
  const namespace = mapping.isNamespaced ? namespaceOf(expected) : '';
  const { flags } = invocation;
  const removesExtra = {
    permissions: flags.getBool('remove-extra-permissions'),
    subjects: flags.getBool('remove-extra-subjects'),
  };
  for (let attempt = 1; ; attempt++) {
    const existing = await client.find(namespace, nameOf(expected));
    const result = reconcile(existing, expected, removesExtra);
    if (result.isProtected || isDryRun || result.operation === 'none') return result;
    try {
      if (mapping.isNamespaced && result.operation !== 'update') await ensureNamespace(invocation, namespace);
      return { ...result, object: await carryOut(client, namespace, result, existing) };
    } catch (error) {
      // Somebody else was quicker: look again.
      const isRace = error instanceof ApiError && ['Conflict', 'AlreadyExists', 'NotFound'].includes(error.reason);
      if (!isRace || attempt === 3) throw error;
    }
  }
}

async function carryOut(
  client: ResourceClient,
  namespace: string,
  { operation, object }: Reconciliation,
  existing: JsonObject | undefined,
): Promise<JsonObject> {
  if (operation === 'update') return client.replace(namespace, nameOf(object), object);
  if (operation === 'recreate') {
    const preconditions = { uid: stringAt(existing, 'metadata', 'uid') };
    await client.delete(namespace, nameOf(object), { kind: 'DeleteOptions', apiVersion: 'v1', preconditions });
  }
  return client.create(namespace, object);
}

/** For those who may only change roles it has to do without. */
async function ensureNamespace(invocation: Invocation, name: string): Promise<void> {
  if (name === '') throw new CommandError('resource name may not be empty');
  const client = await invocation.resource(await invocation.mappingFor('namespaces'));
  const unless =
    (...reasons: readonly string[]) =>
    (error: unknown) => {
      if (!(error instanceof ApiError) || !reasons.includes(error.reason)) throw error;
      return undefined;
    };
  if (await client.find('', name).catch(unless('Forbidden'))) return;
  const namespace: JsonObject = { apiVersion: 'v1', kind: 'Namespace' };
  setAt(namespace, name, 'metadata', 'name');
  await client.create('', namespace).catch(unless('AlreadyExists', 'Forbidden'));
}

function report(invocation: Invocation, printer: ObjectPrinter, result: Reconciliation): void {
  const { flags } = invocation;
  const isBinding = stringAt(result.object, 'kind').endsWith('Binding');
  const what = isBinding ? 'subjects' : 'rules';
  const caveat = result.isProtected
    ? ', but object opted out (rbac.authorization.kubernetes.io/autoupdate: false)'
    : '';
  invocation.print(printer.print(result.object));
  if (result.operation === 'none') return;
  invocation.complain(`\treconciliation required ${result.operation}${caveat}\n`);
  complainAbout(invocation, `missing ${what} added`, result.missing);
  const removes = flags.getBool(isBinding ? 'remove-extra-subjects' : 'remove-extra-permissions');
  if (removes) complainAbout(invocation, `extra ${what} removed`, result.extra);
}

function complainAbout(invocation: Invocation, title: string, lines: readonly string[]): void {
  if (lines.length > 0) invocation.complain(`\t${title}:\n${lines.map((line) => `\t\t${line}\n`).join('')}`);
}
