import type { Command } from '../command/command.ts';
import type { Invocation } from '../command/invocation.ts';
import { CommandError } from '../errors/command-error.ts';
import { kustomizedText } from '../kustomize/kustomized-text.ts';

/** Upstream: kustomize/kustomize/commands/build/build.go */
export const kustomizeCommand: Command = {
  name: 'kustomize',
  short: 'Build a kustomization target from a directory or URL',
  long: `Build the objects of a kustomization.

DIR is a directory with a 'kustomization.yaml'; without it the current one is taken.`,
  examples: `# The current working directory
kubectl kustomize

# Another directory
kubectl kustomize /home/config/production`,
  usage: 'kustomize DIR',
  run: build,
};

async function build(invocation: Invocation): Promise<void> {
  const [path = '.', ...others] = invocation.arguments;
  if (others.length > 0) throw new CommandError('specify one path to kustomization.yaml');
  invocation.print(await kustomizedText(invocation, path));
}
