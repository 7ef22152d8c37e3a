import { goQuote, parseLabelQuery, type LabelQuery, type LabelRequirement } from '../../../api/index.ts';
import type { Command } from '../../command/command.ts';
import { declareDryRunFlag, declareFieldManagerFlag } from '../../command/common-flags.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError, throwJoined } from '../../errors/command-error.ts';
import { declarePrintFlags, printerOf } from '../../printers/print-flags.ts';
import { cloneJson, deleteAt, setAt } from '../../resource/json.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';
import { objectsToChange } from './change-objects.ts';
import { sendChange } from './send-change.ts';

/** Upstream: kubectl/pkg/cmd/set/set_selector.go */
export const setSelectorCommand: Command = {
  name: 'selector',
  short: 'Set the selector on a resource',
  long: `Set the selector on a resource. It takes the place of the one that was there.

A selector begins with a letter or a digit and may hold letters, digits, hyphens, dots and underscores, up to 63 characters. With --resource-version the update only happens if this is the current version of the object. Only services can be given a selector.`,
  examples: `# A service and a deployment that go together
kubectl create service clusterip my-svc --clusterip="None" -o yaml --dry-run=client | kubectl set selector --local -f - 'environment=qa' -o yaml | kubectl create -f -
kubectl create deployment my-dep --image=nginx -o yaml --dry-run=client | kubectl label --local -f - environment=qa -o yaml | kubectl create -f -`,
  usage: 'selector (-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]',
  hasOwnFlagsInUsage: true,
  declare(flags) {
    flags.stringSlice('filename', 'Files that name what to change.', { short: 'f' });
    flags.bool('recursive', 'Take in the directories below the one that -f names, too.', { short: 'R', initial: true });
    flags.bool('all', 'All objects of the types in the namespace');
    flags.bool('local', 'Change files only; no server is asked.');
    declarePrintFlags(flags);
    declareFieldManagerFlag(flags, 'kubectl-set');
    flags.string(
      'resource-version',
      "Change the selector only if this is the object's current version. For a single object only.",
    );
    declareDryRunFlag(flags);
  },
  run: setSelector,
};

async function setSelector(invocation: Invocation): Promise<void> {
  const { flags } = invocation;
  const dryRun = invocation.dryRun();
  const selector = parseSelector(invocation.arguments.at(-1));
  const suffix = { none: '', client: ' (dry run)', server: ' (server dry run)' }[dryRun];
  const printer = await printerOf(invocation, { operation: `selector updated${suffix}`, isTyped: true });
  if (!selector) throw new CommandError('one selector is required');
  const infos = await objectsToChange(invocation, invocation.arguments.slice(0, -1), { refusesLocalNames: true });
  const errors: Error[] = [];
  for (const info of infos) {
    try {
      const wanted = withSelector(info, selector, flags.getString('resource-version'));
      const isSent = !flags.getBool('local') && dryRun !== 'client';
      const object = isSent ? await sendChange(invocation, info, wanted, dryRun === 'server') : wanted;
      invocation.print(printer.print(object));
    } catch (error) {
      if (invocation.io.signal.aborted) throw error;
      errors.push(error as Error);
    }
  }
  throwJoined(errors);
}

function withSelector(info: ResourceInfo, selector: LabelQuery, version: string) {
  if (info.mapping.kind !== 'Service' || info.mapping.group !== '') {
    throw new CommandError('setting a selector is only supported for Services');
  }
  const wanted = cloneJson(info.object!);
  if (version !== '') {
    deleteAt(info.object!, 'metadata', 'resourceVersion');
    setAt(wanted, version, 'metadata', 'resourceVersion');
  }
  setAt(wanted, labelsOf(selector), 'spec', 'selector');
  return wanted;
}

/** Upstream: apimachinery/pkg/apis/meta/v1/helpers.go ParseToLabelSelector */
function parseSelector(text: string | undefined): LabelQuery {
  if (text === undefined) return undefined;
  try {
    return parseLabelQuery(text);
  } catch (error) {
    throw new CommandError(`couldn't parse the selector string ${goQuote(text)}: ${(error as Error).message}`);
  }
}

const operatorNames: Readonly<Record<string, string>> = {
  in: 'In',
  notin: 'NotIn',
  '!=': 'NotIn',
  exists: 'Exists',
  '!': 'DoesNotExist',
};

/** A service knows no expressions. */
function labelsOf(query: LabelQuery): Record<string, string> {
  const isPlain = ({ operator }: LabelRequirement) => operator === '=' || operator === '==';
  const expressions = (query ?? []).filter((each) => !isPlain(each));
  if (expressions.length > 0) {
    const texts = expressions.map(
      ({ key, operator, values }) => `{${key} ${operatorNames[operator] ?? operator} [${values.join(' ')}]}`,
    );
    throw new CommandError(`match expression [${texts.join(' ')}] not supported on this object`);
  }
  return Object.fromEntries((query ?? []).map(({ key, values }) => [key, values[0] ?? '']));
}
