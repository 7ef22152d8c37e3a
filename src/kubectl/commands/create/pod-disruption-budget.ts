import { CommandError } from '../../errors/command-error.ts';
import { labelSelectorFrom } from '../../resource/label-selector-text.ts';
import { draft, generatorCommand } from './generator.ts';

/** Upstream: kubectl/pkg/cmd/create/create_pdb.go */
export const createPodDisruptionBudget = generatorCommand({
  name: 'poddisruptionbudget',
  aliases: ['pdb'],
  short: 'Create a pod disruption budget with the specified name',
  long: 'Create a pod disruption budget with the specified name, selector, and how many pods must be available.',
  examples: `# One of the pods with the label app=rails must be available at any time
kubectl create poddisruptionbudget my-pdb --selector=app=rails --min-available=1

# Half of the pods with the label app=nginx
kubectl create pdb my-pdb --selector=app=nginx --min-available=50%`,
  usage: 'poddisruptionbudget NAME --selector=SELECTOR --min-available=N [--dry-run=server|client|none]',
  mapping: {
    group: 'policy',
    version: 'v1',
    resource: 'poddisruptionbudgets',
    kind: 'PodDisruptionBudget',
    isNamespaced: true,
  },
  failure: 'failed to create poddisruptionbudgets:',
  declareOwn: (flags) => {
    flags.string('min-available', 'How many pods, or which share of them, must be available.');
    flags.string('max-unavailable', 'How many pods, or which share of them, may be unavailable.');
    flags.string('selector', 'The labels of the pods.');
  },
  generate: (invocation, name) => {
    const { flags } = invocation;
    const [minimum, maximum] = [flags.getString('min-available'), flags.getString('max-unavailable')];
    if (flags.getString('selector') === '') throw new CommandError('a selector must be specified');
    if (minimum === '' && maximum === '') {
      throw new CommandError('one of min-available or max-unavailable must be specified');
    }
    if (minimum !== '' && maximum !== '') {
      throw new CommandError('min-available and max-unavailable cannot be both specified');
    }
    const isAmount = (text: string) => /^[0-9]+%?$/.test(text);
    if (minimum !== '' && !isAmount(minimum)) throw new CommandError('invalid format specified for min-available');
    if (maximum !== '' && !isAmount(maximum)) throw new CommandError('invalid format specified for max-unavailable');
    const amount = (text: string) => (text.endsWith('%') ? text : Number(text));
    return draft('policy/v1', 'PodDisruptionBudget', name, {
      spec: {
        ...(minimum !== '' && { minAvailable: amount(minimum) }),
        selector: labelSelectorFrom(flags.getString('selector')),
        ...(maximum !== '' && { maxUnavailable: amount(maximum) }),
      },
      status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
    });
  },
});
