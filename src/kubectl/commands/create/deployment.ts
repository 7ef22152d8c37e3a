import { CommandError } from '../../errors/command-error.ts';
import type { JsonObject } from '../../resource/json.ts';
import { containerName } from './container-name.ts';
import { commandArguments, draft, generatorCommand } from './generator.ts';

/** Upstream: kubectl/pkg/cmd/create/create_deployment.go */
export const createDeployment = generatorCommand({
  name: 'deployment',
  aliases: ['deploy'],
  short: 'Create a deployment with the specified name',
  examples: `# A deployment that runs busybox
kubectl create deployment my-dep --image=busybox

# With a command
kubectl create deployment my-dep --image=busybox -- date

# Three replicas of nginx
kubectl create deployment my-dep --image=nginx --replicas=3

# With a port
kubectl create deployment my-dep --image=busybox --port=5701

# Several containers in each pod
kubectl create deployment my-dep --image=busybox:latest --image=ubuntu:latest --image=nginx`,
  usage: 'deployment NAME --image=image -- [COMMAND] [args...]',
  mapping: { group: 'apps', version: 'v1', resource: 'deployments', kind: 'Deployment', isNamespaced: true },
  failure: 'failed to create deployment:',
  declareOwn: (flags) => {
    flags.stringSlice('image', 'The images to run; one container for each.', { isRequired: true });
    flags.integer('port', 'The port that the container exposes.', { initial: -1, type: 'int32' });
    flags.integer('replicas', 'How many pods to run.', { short: 'r', initial: 1, type: 'int32' });
  },
  generate: (invocation, name) => {
    const { flags } = invocation;
    const images = flags.getStrings('image');
    const command = commandArguments(invocation);
    if (images.length > 1 && command.length > 0) {
      throw new CommandError('cannot specify multiple --image options and command');
    }
    const port = flags.getNumber('port');
    const containers = images.map((image, index): JsonObject => ({
      name: containerName(image),
      image,
      ...(command.length > 0 && { command }),
      ...(port >= 0 && index === 0 && { ports: [{ containerPort: port }] }),
      resources: {},
    }));
    return draft(
      'apps/v1',
      'Deployment',
      name,
      {
        spec: {
          replicas: flags.getNumber('replicas'),
          selector: { matchLabels: { app: name } },
          template: { metadata: { labels: { app: name } }, spec: { containers } },
          strategy: {},
        },
        status: {},
      },
      { labels: { app: name } },
    );
  },
});
