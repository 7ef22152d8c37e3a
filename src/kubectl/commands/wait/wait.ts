import { ApiError, goQuote, goText } from '../../../api/index.ts';
import type { Command } from '../../command/command.ts';
import {
  declareAllNamespacesFlag,
  declareFieldSelectorFlag,
  declareSelectorFlag,
  filenameOptions,
} from '../../command/common-flags.ts';
import { Deadline } from '../../command/deadline.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError, flattened, joinErrors } from '../../errors/command-error.ts';
import { JsonPath } from '../../../api/jsonpath/json-path.ts';
import { relaxedJsonPath } from '../../printers/relaxed-json-path.ts';
import { declarePrintFlags, printerOf } from '../../printers/print-flags.ts';
import { numberAt, objectsAt, stringAt, type JsonObject } from '../../resource/json.ts';
import { buildResources, type BuilderOptions } from '../../resource/resource-builder.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { objectName } from '../../resource/resource-text.ts';
import { waitForDeletion } from './wait-for-deletion.ts';
import { waitForObject } from './wait-for-object.ts';

const weekMs = 168 * 3600 * 1000;

/** Upstream: kubectl/pkg/cmd/wait/wait.go */
export const waitCommand: Command = {
  name: 'wait',
  short: 'Wait for a specific condition on one or many resources',
  long: `Wait for a condition on one or many resources.

The command asks for several resources at once and waits until each meets the condition. It can also wait until something is there, or is there no more, with 'create' and 'delete' in --for.

Each resource that meets the condition is printed when the wait is over.`,
  examples: `# Until a pod has the condition "Ready"
kubectl wait --for=condition=Ready pod/busybox1

# Until it has not
kubectl wait --for=condition=Ready=false pod/busybox1

# Until a field has a value
kubectl wait --for=jsonpath='{.status.phase}'=Running pod/busybox1

# Until a field is there
kubectl wait --for=jsonpath='{.status.loadBalancer.ingress}' service/loadbalancer

# Until a secret is created, half a minute at most
kubectl wait --for=create secret/busybox1 --timeout=30s

# Until a pod is gone, a minute at most
kubectl wait --for=delete pod/busybox1 --timeout=60s`,
  usage:
    "wait ([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]]",
  hasOwnFlagsInUsage: true,
  suggestedFor: ['list', 'ps'],
  declare: (flags) => {
    declarePrintFlags(flags);
    flags.stringSlice('filename', 'Files that name the resources.', { short: 'f' });
    flags.bool('recursive', 'Take in the directories below the one that -f names, too.', { short: 'R', initial: true });
    declareSelectorFlag(flags);
    declareFieldSelectorFlag(flags);
    declareAllNamespacesFlag(flags);
    flags.bool('all', 'All resources of the types in the namespace');
    flags.bool('local', 'Ask no server; look at the files alone.');
    flags.string(
      'for',
      "What to wait for: [create|delete|condition=condition-name[=condition-value]|jsonpath='{JSONPath expression}'=[JSONPath value]]. A condition's value is true unless another is given.",
    );
    flags.duration('timeout', 'How long to wait. Zero looks once; a negative time stands for a week.', {
      initialMs: 30_000,
    });
  },
  run,
};

/** Waits for one resource and gives it back as it was at the end. */
type Wait = (info: ResourceInfo, deadline: Deadline, isImmediate: boolean) => Promise<JsonObject | undefined>;

async function run(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const printer = await printerOf(invocation, { operation: 'condition met' });
  const condition = flags.getString('for');
  const wait = waitFor(invocation, condition);
  const given = flags.getNumber('timeout');
  const timeoutMs = given < 0 ? weekMs : given;
  const options = await builderOptions(invocation);
  const deadline = new Deadline(invocation, timeoutMs);
  const isForDeletion = condition.toLowerCase() === 'delete';
  try {
    if (condition.toLowerCase() === 'create') await waitForCreation(invocation, options, deadline);
    const { infos, error } = await buildResources(invocation, options);
    const errors = error ? [...flattened([error])] : [];
    const failures = isForDeletion ? errors.filter((each) => !isNotFound(each)) : errors;
    for (const info of infos) {
      try {
        const object = await wait(info, deadline, timeoutMs === 0);
        invocation.print(printer.print(object ?? info.object!));
      } catch (failure) {
        if (invocation.io.signal.aborted) throw failure;
        failures.push(failure as Error);
      }
    }
    const failure = joinErrors(failures);
    if (failure) throw failure;
    if (infos.length === 0 && !isForDeletion) throw new CommandError('no matching resources found');
  } finally {
    deadline.end();
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.reason === 'NotFound';
}

async function builderOptions(invocation: Invocation): Promise<BuilderOptions> {
  const { flags } = invocation;
  const config = await invocation.config();
  return {
    arguments: invocation.arguments,
    filenames: filenameOptions(flags),
    namespace: config.namespace,
    enforcesNamespace: config.isNamespaceExplicit,
    isAllNamespaces: flags.getBool('all-namespaces'),
    labelSelector: flags.getString('selector'),
    fieldSelector: flags.getString('field-selector'),
    selectsAll: flags.getBool('all'),
    isLocal: flags.getBool('local'),
    fetchesLatest: true,
    flattens: true,
    continuesOnError: true,
  };
}

async function waitForCreation(invocation: Invocation, options: BuilderOptions, deadline: Deadline): Promise<void> {
  for (;;) {
    const { infos, error } = await buildResources(invocation, options);
    if (error && !flattened([error]).every(isNotFound)) throw error;
    if (!error && infos.length > 0) return;
    if (!deadline.isExpired) {
      await invocation.io.clock.sleep(500, deadline.signal).catch((reason: unknown) => {
        if (invocation.io.signal.aborted) throw reason;
      });
    }
    if (deadline.isExpired) throw new CommandError('timed out waiting for the condition');
  }
}

function waitFor(invocation: Invocation, condition: string): Wait {
  const lower = condition.toLowerCase();
  if (lower === 'delete') {
    return (info, deadline, isImmediate) => waitForDeletion(invocation, info, deadline, { isImmediate });
  }
  if (lower === 'create') return (info) => Promise.resolve(info.object);
  const isMet = conditionCheck(condition);
  return async (info, deadline, isImmediate) => {
    if (info.name === '') throw new CommandError('resource name must be provided');
    if (!isImmediate) {
      return waitForObject(invocation, info, deadline, {
        whenMissing: 'fail',
        isDone: (object) => object !== undefined && isMet(object),
      });
    }
    const client = await invocation.resource(info.mapping);
    const object = await client.get(info.namespace, info.name);
    if (!isMet(object)) throw new CommandError(`condition not met for ${objectName(info)}`);
    return object;
  };
}

function conditionCheck(text: string): (object: JsonObject) => boolean {
  if (text.startsWith('condition=')) {
    const [name, value = 'true'] = splitOnce(text.slice('condition='.length));
    return (object) => hasCondition(object, name, value);
  }
  if (text.startsWith('jsonpath=')) return jsonPathCheck(text.slice('jsonpath='.length));
  throw new CommandError(`unrecognized condition: ${goQuote(text)}`);
}

function splitOnce(text: string): [string, string?] {
  const equals = text.indexOf('=');
  return equals < 0 ? [text] : [text.slice(0, equals), text.slice(equals + 1)];
}

/** Conditions that were observed before the latest change of the spec do not count. */
function hasCondition(object: JsonObject, name: string, value: string): boolean {
  const condition = objectsAt(object, 'status', 'conditions').find(
    (each) => stringAt(each, 'type').toLowerCase() === name.toLowerCase(),
  );
  if (!condition) return false;
  const generation = numberAt(object, 'metadata', 'generation');
  const observed = numberAt(condition, 'observedGeneration') ?? numberAt(object, 'status', 'observedGeneration');
  if (generation !== undefined && observed !== undefined && observed < generation) return false;
  return stringAt(condition, 'status').toLowerCase() === value.toLowerCase();
}

function jsonPathCheck(input: string): (object: JsonObject) => boolean {
  // One equals sign parts the path from the value; two belong to the path.
  const parts = input.split(/(?<!=)=(?!=)/);
  if (parts.length > 2) {
    throw new CommandError(
      "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'",
    );
  }
  const expression = relaxedJsonPath(parts[0]!);
  const wanted = parts[1]?.replace(/^['"]+|['"]+$/g, '');
  if (wanted === '') {
    throw new CommandError(
      "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
    );
  }
  if (expression === '') throw new CommandError('jsonpath expression cannot be empty');
  const path = new JsonPath(expression, { allowsMissingKeys: true });
  return (object) => {
    const results = path.find(object);
    if (results.length === 0 || results[0]!.length === 0) return false;
    if (results.length > 1) throw new CommandError('given jsonpath expression matches more than one list');
    if (results[0]!.length > 1) throw new CommandError('given jsonpath expression matches more than one value');
    if (wanted === undefined) return true;
    const [value] = results[0]!;
    if (typeof value === 'object' && value !== null) {
      throw new CommandError('jsonpath leads to a nested object or list which is not supported');
    }
    return goText(value).trim() === wanted.trim();
  };
}
