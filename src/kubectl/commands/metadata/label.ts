import { checkLabelValue, goJson, goQuote } from '../../../api/index.ts';
import type { Command } from '../../command/command.ts';
import { CommandError, ErrorList } from '../../errors/command-error.ts';
import { changeMetadata, declareMetadataFlags, type Changes, type MetadataChange } from './change-metadata.ts';

const labels: MetadataChange = {
  field: 'labels',
  noun: 'label',
  fieldManager: 'kubectl-label',
  fileExample: 'pod.yaml',
  parse,
  overwriteProblem: (current, { added }) => {
    const errors = [...added]
      .filter(([key, value]) => current[key] !== undefined && current[key] !== value)
      .map(([key]) => new CommandError(`'${key}' already has a value (${current[key]}), and --overwrite is false`));
    return errors.length > 1 ? new ErrorList(errors) : errors[0];
  },
  verb: (before, after, isOverwriting) => {
    const [old, fresh] = [goJson(before), goJson(after)];
    if (old === fresh) return 'not labeled';
    return !isOverwriting && fresh.length < old.length ? 'unlabeled' : 'labeled';
  },
  reportsMissing: true,
};

/** Upstream: kubectl/pkg/cmd/label/label.go */
export const labelCommand: Command = {
  name: 'label',
  short: 'Update the labels on a resource',
  long: `Update the labels on a resource.

A key begins with a letter or a digit and may hold letters, digits, hyphens, dots and underscores, up to 63 characters. A DNS subdomain and a slash may stand before it, like example.com/my-app.

With --overwrite, labels that are there already are changed; without it that is an error. With --resource-version the update only happens if this is the current version of the object.`,
  examples: `# A label for a pod
kubectl label pods foo unhealthy=true

# A label that is there already
kubectl label --overwrite pods foo status=unhealthy

# All pods of the namespace
kubectl label pods --all status=unhealthy

# What a file names
kubectl label -f pod.json status=unhealthy

# Only if nobody changed it since version 1
kubectl label pods foo status=unhealthy --resource-version=1

# Take a label away
kubectl label pods foo bar-`,
  usage: 'label [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
  hasOwnFlagsInUsage: true,
  declare: (flags) => declareMetadataFlags(flags, labels),
  run: (invocation) => changeMetadata(invocation, labels),
};

function parse(specs: readonly string[]): Changes {
  const added = new Map<string, string>();
  const removed: string[] = [];
  for (const spec of specs) {
    if (spec.includes('=')) {
      const parts = spec.split('=');
      if (parts.length !== 2) throw new CommandError(`invalid label spec: ${spec}`);
      const problems = checkLabelValue(parts[1]!);
      if (problems.length > 0) throw new CommandError(`invalid label value: ${goQuote(spec)}: ${problems.join(';')}`);
      added.set(parts[0]!, parts[1]!);
    } else if (spec.endsWith('-')) removed.push(spec.slice(0, -1));
    else throw new CommandError(`unknown label spec: ${spec}`);
  }
  if (removed.some((key) => added.has(key))) {
    throw new CommandError('can not both modify and remove a label in the same command');
  }
  return { added, removed };
}
