import { draft, generatorCommand } from './generator.ts';

/** Upstream: kubectl/pkg/cmd/create/create_priorityclass.go */
export const createPriorityClass = generatorCommand({
  name: 'priorityclass',
  aliases: ['pc'],
  short: 'Create a priority class with the specified name',
  long: 'Create a priority class with the specified name, value, globalDefault and description.',
  examples: `# A priority class
kubectl create priorityclass high-priority --value=1000 --description="high priority"

# For pods that name none
kubectl create priorityclass default-priority --value=1000 --global-default=true --description="default priority"

# That never pushes others out
kubectl create priorityclass high-priority --value=1000 --description="high priority" --preemption-policy="Never"`,
  usage: 'priorityclass NAME --value=VALUE --global-default=BOOL [--dry-run=server|client|none]',
  mapping: {
    group: 'scheduling.k8s.io',
    version: 'v1',
    resource: 'priorityclasses',
    kind: 'PriorityClass',
    isNamespaced: false,
  },
  failure: 'failed to create priorityclass:',
  declareOwn: (flags) => {
    flags.integer('value', 'How important its pods are.', { type: 'int32' });
    flags.bool('global-default', 'Whether pods that name no class get this one.');
    flags.string('description', 'What it is for.');
    flags.string('preemption-policy', 'Whether its pods push others out.', { initial: 'PreemptLowerPriority' });
  },
  generate: ({ flags }, name) =>
    draft('scheduling.k8s.io/v1', 'PriorityClass', name, {
      value: flags.getNumber('value'),
      ...(flags.getBool('global-default') && { globalDefault: true }),
      ...(flags.getString('description') && { description: flags.getString('description') }),
      preemptionPolicy: flags.getString('preemption-policy'),
    }),
});
