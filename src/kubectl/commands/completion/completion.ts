import { goQuote } from '../../../api/index.ts';
import type { Command } from '../../command/command.ts';
import type { Invocation } from '../../command/invocation.ts';
import { bashScript } from './bash-script.ts';
import { fishScript } from './fish-script.ts';
import { zshScript } from './zsh-script.ts';

const scripts: ReadonlyMap<string, string> = new Map([
  ['bash', bashScript],
  ['zsh', zshScript],
  ['fish', fishScript],
]);

/**
 * Upstream: kubectl/pkg/cmd/completion/completion.go
 * Differs: the scripts are our own and shorter, and there is none for PowerShell.
 */
export const completionCommand: Command = {
  name: 'completion',
  short: 'Output shell completion code for the specified shell (bash, zsh or fish)',
  long: `Output shell completion code for the specified shell (bash, zsh or fish).

A shell that evaluates this code completes the commands, flags, types and names of kubectl. The terminal here does so without it.`,
  examples: `# For the current shell
source <(kubectl completion bash)

# For every bash to come
kubectl completion bash > ~/.kube/completion.bash.inc
printf "
# kubectl shell completion
source '$HOME/.kube/completion.bash.inc'
" >> $HOME/.bash_profile

# For zsh and fish
source <(kubectl completion zsh)
kubectl completion fish | source`,
  usage: 'completion SHELL',
  hasOwnFlagsInUsage: true,
  run: async (invocation) => invocation.print(scriptFor(invocation)),
};

function scriptFor(invocation: Invocation): string {
  const [shell, ...others] = invocation.arguments;
  if (shell === undefined) throw invocation.usageError('Shell not specified.');
  if (others.length > 0) throw invocation.usageError('Too many arguments. Expected only the shell type.');
  const script = scripts.get(shell);
  if (script === undefined) throw invocation.usageError(`Unsupported shell type ${goQuote(shell)}.`);
  return script;
}
