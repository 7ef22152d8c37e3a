import { formatQuantity, parseQuantity } from '../../../api/index.ts';
import type { Command } from '../../command/command.ts';
import {
  declareDryRunFlag,
  declareFieldManagerFlag,
  declareFilenameFlags,
  declareSelectorFlag,
} from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError, ErrorList } from '../../errors/command-error.ts';
import { declarePrintFlags } from '../../printers/print-flags.ts';
import { objectAt, setAt, type JsonObject } from '../../resource/json.ts';
import { changeObjects, objectsToChangeStrictly, podSpecOf } from './change-objects.ts';
import { selectContainers } from './select-containers.ts';

/** Upstream: kubectl/pkg/cmd/set/set_resources.go */
export const setResourcesCommand: Command = {
  name: 'resources',
  short: 'Update resource requests/limits on objects with pod templates',
  long: `Specify compute resource requirements (CPU, memory) for any resource that defines a pod template. A pod that is scheduled gets at least what it requests and at most its limits.

For each resource, a limit without a request stands for both.

Use "kubectl api-resources" for a complete list of supported resources.`,
  examples: `# Limits for one container of a deployment
kubectl set resources deployment nginx -c=nginx --limits=cpu=200m,memory=512Mi

# Limits and requests for all of its containers
kubectl set resources deployment nginx --limits=cpu=200m,memory=512Mi --requests=cpu=100m,memory=256Mi

# Take requests and limits away
kubectl set resources deployment nginx --limits=cpu=0,memory=0 --requests=cpu=0,memory=0

# In a file, without a server
kubectl set resources -f path/to/file.yaml --limits=cpu=200m,memory=512Mi --local -o yaml`,
  usage: 'resources (-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS]',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    declarePrintFlags(flags);
    declareFilenameFlags(flags, 'Files that name what to change.');
    flags.bool('all', 'All objects of the types in the namespace');
    declareSelectorFlag(flags);
    flags.string('containers', 'The containers to change, by name; * stands for anything', {
      short: 'c',
      initial: '*',
    });
    flags.bool('local', 'Change files only; no server is asked.');
    declareDryRunFlag(flags);
    flags.string('limits', "The most that a container gets, such as 'cpu=100m,memory=256Mi'.");
    flags.string('requests', "What a container asks for, such as 'cpu=100m,memory=256Mi'.");
    declareFieldManagerFlag(flags, 'kubectl-set');
  },
  run: setResources,
};

async function setResources(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const infos = await objectsToChangeStrictly(invocation);
  const amounts = { limits: flags.getString('limits'), requests: flags.getString('requests') };
  if (amounts.limits === '' && amounts.requests === '') {
    throw new CommandError('you must specify an update to requests or limits (in the form of --requests/--limits)');
  }
  const wanted = Object.entries(amounts).flatMap(([list, text]) =>
    parseAmounts(text).map(([resource, amount]) => ({ list, resource, amount })),
  );
  const pattern = flags.getString('containers');
  const missing: Error[] = [];
  try {
    await changeObjects(invocation, infos, {
      operation: 'resource requirements updated',
      failure: 'failed to patch resources update to pod template',
      change: (object, info) => {
        const containers = selectContainers(podSpecOf(object, info), pattern);
        for (const container of containers) setAmounts(container, wanted);
        if (containers.length === 0) missing.push(new CommandError(`error: unable to find container named ${pattern}`));
        return containers.length > 0;
      },
    });
  } catch (error) {
    if (missing.length === 0) throw error;
    throw new ErrorList([...missing, ...(error instanceof ErrorList ? error.errors : [error as Error])]);
  }
  if (missing.length > 0) throw new ErrorList(missing);
}

function setAmounts(
  container: JsonObject,
  wanted: readonly { readonly list: string; readonly resource: string; readonly amount: string }[],
): void {
  for (const { list, resource, amount } of wanted) {
    if (!objectAt(container, 'resources', list)) setAt(container, {}, 'resources', list);
    setAt(container, amount, 'resources', list, resource);
  }
}

/** `cpu=100m,memory=256Mi`. Upstream: kubectl/pkg/generate/versioned/run.go populateResourceListV1 */
function parseAmounts(text: string): [string, string][] {
  if (text === '') return [];
  return text.split(',').map((part) => {
    const [resource = '', amount, ...more] = part.split('=');
    if (amount === undefined || more.length > 0) {
      throw new CommandError(`Invalid argument syntax ${part}, expected <resource>=<value>`);
    }
    return [resource, formatQuantity(parseQuantity(amount))];
  });
}
