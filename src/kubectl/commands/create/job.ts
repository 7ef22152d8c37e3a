import { CommandError } from '../../errors/command-error.ts';
import type { Invocation } from '../../command/invocation.ts';
import { objectAt, stringAt, stringMapAt, type JsonObject } from '../../resource/json.ts';
import { buildResources } from '../../resource/resource-builder.ts';
import { nameOf } from '../../resource/unstructured.ts';
import { commandArguments, draft, generatorCommand } from './generator.ts';

/** Upstream: kubectl/pkg/cmd/create/create_job.go */
export const createJob = generatorCommand({
  name: 'job',
  short: 'Create a job with the specified name',
  examples: `# A job
kubectl create job my-job --image=busybox

# With a command
kubectl create job my-job --image=busybox -- date

# From a cron job
kubectl create job test-job --from=cronjob/a-cronjob`,
  usage: 'job NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]',
  mapping: { group: 'batch', version: 'v1', resource: 'jobs', kind: 'Job', isNamespaced: true },
  failure: 'failed to create job:',
  declareOwn: (flags) => {
    flags.string('image', 'The image to run.');
    flags.string('from', 'What to make the job from (a cron job).');
  },
  generate: (invocation, name) => {
    const { flags } = invocation;
    const [image, from] = [flags.getString('image'), flags.getString('from')];
    const command = commandArguments(invocation);
    if ((image === '') === (from === '')) throw new CommandError('either --image or --from must be specified');
    if (command.length > 0 && from !== '') throw new CommandError('cannot specify --from and command');
    if (from !== '') return jobFromCronJob(invocation, name, from);
    return draft('batch/v1', 'Job', name, {
      spec: { template: jobTemplate(name, image, command, 'Never') },
      status: {},
    });
  },
});

export function jobTemplate(name: string, image: string, command: string[], restartPolicy: string): JsonObject {
  const container = { name, image, ...(command.length > 0 && { command }), resources: {} };
  return { metadata: {}, spec: { containers: [container], restartPolicy } };
}

async function jobFromCronJob(invocation: Invocation, name: string, from: string): Promise<JsonObject> {
  const { infos, error } = await buildResources(invocation, {
    arguments: [from],
    namespace: await invocation.namespace(),
    flattens: true,
    fetchesLatest: true,
  });
  if (error) throw error;
  if (infos.length !== 1) throw new CommandError('from must be an existing cronjob');
  const cronJob = infos[0]!.object!;
  if (stringAt(cronJob, 'kind') !== 'CronJob') {
    throw new CommandError(`unknown object type *v1.${stringAt(cronJob, 'kind')}`);
  }
  const template = objectAt(cronJob, 'spec', 'jobTemplate');
  const labels = stringMapAt(template, 'metadata', 'labels');
  return draft(
    'batch/v1',
    'Job',
    name,
    { spec: objectAt(template, 'spec') ?? {}, status: {} },
    {
      annotations: {
        'cronjob.kubernetes.io/instantiate': 'manual',
        ...stringMapAt(template, 'metadata', 'annotations'),
      },
      ...(Object.keys(labels).length > 0 && { labels }),
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          kind: 'CronJob',
          name: nameOf(cronJob),
          uid: stringAt(cronJob, 'metadata', 'uid'),
          controller: true,
        },
      ],
    },
  );
}
