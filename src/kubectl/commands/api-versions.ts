import type { Command } from '../command/command.ts';
import { goStrings } from './go-strings.ts';

/** Upstream: kubectl/pkg/cmd/apiresources/apiversions.go */
export const apiVersionsCommand: Command = {
  name: 'api-versions',
  short: 'Print the supported API versions on the server, in the form of "group/version"',
  examples: `# The versions that the server supports
kubectl api-versions`,
  hasOwnFlagsInUsage: true,
  async run(invocation) {
    if (invocation.arguments.length > 0)
      throw invocation.usageError(`unexpected arguments: ${goStrings(invocation.arguments)}`);
    invocation.forgetDiscovery();
    const { groups } = await invocation.discovery();
    const versions = groups.flatMap((group) => group.versions).toSorted();
    for (const version of versions) invocation.print(`${version}\n`);
  },
};
