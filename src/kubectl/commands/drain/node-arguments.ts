import { goQuote, parseLabelQuery } from '../../../api/index.ts';
import type { Invocation } from '../../command/invocation.ts';
import { CommandError } from '../../errors/command-error.ts';
import { buildResources } from '../../resource/resource-builder.ts';
import type { ResourceInfo } from '../../resource/resource-info.ts';

/** The nodes that `cordon`, `uncordon` and `drain` work on. Upstream: kubectl/pkg/cmd/drain/drain.go Complete */
export async function nodeArguments(invocation: Invocation): Promise<readonly ResourceInfo[]> {
  const { flags, chain } = invocation;
  const names = invocation.arguments;
  const selector = flags.getString('selector');
  if (names.length === 0 && !flags.isChanged('selector')) {
    throw invocation.usageError(`USAGE: ${chain.at(-1)!.usage} [flags]`);
  }
  if (names.length > 0 && selector !== '') {
    throw invocation.usageError('error: cannot specify both a node name and a --selector option');
  }
  invocation.dryRun();
  checkPodSelector(flags.lookup('pod-selector') ? flags.getString('pod-selector') : '');
  const { infos, error } = await buildResources(invocation, {
    arguments: selector === '' ? names.map((name) => (name.includes('/') ? name : `nodes/${name}`)) : ['nodes'],
    namespace: await invocation.namespace(),
    labelSelector: selector,
    hasSingleType: true,
    flattens: true,
    ...(flags.lookup('chunk-size') && { chunkSize: flags.getNumber('chunk-size') }),
  });
  if (error) throw error;
  for (const { mapping } of infos) {
    if (mapping.group !== '' || mapping.resource !== 'nodes') {
      throw new CommandError(
        `error: expected resource of type node, got ${goQuote(`${mapping.group}/${mapping.version}, Resource=${mapping.resource}`)}`,
      );
    }
  }
  return infos;
}

function checkPodSelector(selector: string): void {
  try {
    parseLabelQuery(selector);
  } catch {
    throw new CommandError('--pod-selector=<pod_selector> must be a valid label selector');
  }
}
