import { ApiError, goQuote } from '../../../api/index.ts';
import type { Command } from '../../command/command.ts';
import { declareFilenameFlags, filenameOptions, hasFilenames } from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { declarePrintFlags, printerOf } from '../../printers/print-flags.ts';
import { cloneJson, objectsAt, setAt, stringAt, type JsonObject } from '../../resource/json.ts';
import type { ResourceClient } from '../../resource/resource-client.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { visitResources } from '../../resource/resource-builder.ts';
import { groupVersionKindOf } from '../../resource/unstructured.ts';

const group = 'certificates.k8s.io';
const kind = 'CertificateSigningRequest';
const maxConflicts = 10;

/** What an administrator decides about a request. */
export interface Decision {
  /** `approve` */
  readonly name: string;
  /** `approved` */
  readonly operation: string;
  readonly condition: 'Approved' | 'Denied';
  readonly opposite: 'Approved' | 'Denied';
  readonly reason: string;
  readonly long: string;
}

/** Upstream: kubectl/pkg/cmd/certificates/certificates.go */
export function decisionCommand(decision: Decision): Command {
  const { name, operation, long } = decision;
  return {
    name,
    short: `${name[0]!.toUpperCase()}${name.slice(1)} a certificate signing request`,
    long,
    examples: `# The request 'csr-sqgzp'
kubectl certificate ${name} csr-sqgzp`,
    usage: `${name} (-f FILENAME | NAME)`,
    hasOwnFlagsInUsage: true,
    declare(flags) {
      declarePrintFlags(flags);
      flags.bool('force', `Update the request even if it is ${operation} already.`);
      declareFilenameFlags(flags, 'Files that name the requests.');
    },
    run: (invocation) => decide(invocation, decision),
  };
}

async function decide(invocation: Invocation, decision: Decision): Promise<void> {
  const printer = await printerOf(invocation, { operation: decision.operation, isTyped: true });
  if (invocation.arguments.length === 0 && !hasFilenames(invocation.flags)) {
    throw new CommandError('one or more CSRs must be specified as <name> or -f <filename>');
  }
  const options = {
    arguments: invocation.arguments.map((name) => `certificatesigningrequests/${name}`),
    filenames: filenameOptions(invocation.flags),
    namespace: '',
    flattens: true,
    fetchesLatest: true,
    continuesOnError: true,
  };
  let found = 0;
  await visitResources(invocation, options, async (info) => {
    await decideOne(invocation, info, decision);
    found++;
    invocation.print(printer.print(info.object!));
  });
  if (found === 0) invocation.print('No resources found\n');
}

async function decideOne(invocation: Invocation, info: ResourceInfo, decision: Decision): Promise<void> {
  const given = groupVersionKindOf(info.object!);
  if (given.group !== group || given.kind !== kind) {
    const named = given.group === '' ? given.kind : `${given.kind}.${given.group}`;
    throw new CommandError(`can only handle ${kind}.${group} objects, got ${named}`);
  }
  const client = await invocation.resource(await invocation.mappingForKind(group, kind, 'v1'));
  for (let conflicts = 0; ; conflicts++) {
    const request = await current(client, info.name);
    const decided = withCondition(invocation, request, decision);
    if (!decided && !invocation.flags.getBool('force')) return;
    try {
      await client.replace('', info.name, decided ?? request, { subresource: 'approval' });
      return;
    } catch (error) {
      const isConflict = error instanceof ApiError && error.reason === 'Conflict';
      if (!isConflict || conflicts >= maxConflicts) throw error;
    }
  }
}

async function current(client: ResourceClient, name: string): Promise<JsonObject> {
  try {
    return await client.get('', name);
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'NotFound') throw error;
    throw new CommandError(`could not find v1 version of ${name}: ${error.message}`);
  }
}

/** Undefined when it was decided so already. */
function withCondition(invocation: Invocation, request: JsonObject, decision: Decision): JsonObject | undefined {
  const conditions = objectsAt(request, 'status', 'conditions');
  const types = conditions.map((each) => stringAt(each, 'type'));
  if (types.includes(decision.opposite)) {
    const name = stringAt(request, 'metadata', 'name');
    throw new CommandError(`certificate signing request ${goQuote(name)} is already ${decision.opposite}`);
  }
  if (types.includes(decision.condition)) return undefined;
  const changed = cloneJson(request);
  const condition = {
    type: decision.condition,
    status: 'True',
    reason: decision.reason,
    message: `This CSR was ${decision.operation} by kubectl certificate ${decision.name}.`,
    lastUpdateTime: `${new Date(invocation.nowMs()).toISOString().slice(0, 19)}Z`,
    lastTransitionTime: null,
  };
  setAt(changed, [...conditions, condition], 'status', 'conditions');
  return changed;
}
