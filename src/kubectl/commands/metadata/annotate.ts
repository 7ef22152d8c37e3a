import type { Command } from '../../command/command.ts';
import { CommandError } from '../../errors/command-error.ts';
import { changeMetadata, declareMetadataFlags, type Changes, type MetadataChange } from './change-metadata.ts';

const annotations: MetadataChange = {
  field: 'annotations',
  noun: 'annotation',
  fieldManager: 'kubectl-annotate',
  fileExample: 'rsrc.yaml',
  parse,
  overwriteProblem: (current, { added }) => {
    const taken = [...added]
      .filter(
        ([key, value]) => key !== 'kubernetes.io/change-cause' && current[key] !== undefined && current[key] !== value,
      )
      .map(([key]) => `'${key}' already has a value (${current[key]})`);
    return taken.length > 0
      ? new CommandError(`--overwrite is false but found the following declared annotation(s): ${taken.join('; ')}`)
      : undefined;
  },
  verb: () => 'annotated',
  reportsMissing: false,
};

/** Upstream: kubectl/pkg/cmd/annotate/annotate.go */
export const annotateCommand: Command = {
  name: 'annotate',
  short: 'Update the annotations on a resource',
  long: `Update the annotations on a resource.

Annotations are keys with values of any text, JSON for example. They are for tools and extensions of the system to keep their own data in.

With --overwrite, annotations that are there already are changed; without it that is an error. With --resource-version the update only happens if this is the current version of the object.

Use "kubectl api-resources" for a complete list of supported resources.`,
  examples: `# An annotation for a pod; if it is given twice, the last one counts
kubectl annotate pods foo description='my frontend'

# What a file names
kubectl annotate -f pod.json description='my frontend'

# One that is there already
kubectl annotate --overwrite pods foo description='my frontend running nginx'

# All pods of the namespace
kubectl annotate pods --all description='my frontend running nginx'

# Take an annotation away
kubectl annotate pods foo description-`,
  usage: 'annotate [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
  hasOwnFlagsInUsage: true,
  declare: (flags) => declareMetadataFlags(flags, annotations),
  run: (invocation) => changeMetadata(invocation, annotations),
};

function parse(specs: readonly string[]): Changes {
  const added = new Map<string, string>();
  const removed: string[] = [];
  for (const spec of specs) {
    const equals = spec.indexOf('=');
    if (equals > 0) added.set(spec.slice(0, equals), spec.slice(equals + 1));
    else removed.push(spec.slice(0, -1));
  }
  const both = removed.filter((key) => added.has(key));
  if (both.length > 0) {
    throw new CommandError(
      `can not both modify and remove the following annotation(s) in the same command: ${both.join(', ')}`,
    );
  }
  return { added, removed };
}
