import { commandArguments, draft, generatorCommand } from './generator.ts';
import { jobTemplate } from './job.ts';

/** Upstream: kubectl/pkg/cmd/create/create_cronjob.go */
export const createCronJob = generatorCommand({
  name: 'cronjob',
  aliases: ['cj'],
  short: 'Create a cron job with the specified name',
  examples: `# A cron job
kubectl create cronjob my-job --image=busybox --schedule="*/1 * * * *"

# With a command
kubectl create cronjob my-job --image=busybox --schedule="*/1 * * * *" -- date`,
  usage: "cronjob NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...]",
  mapping: { group: 'batch', version: 'v1', resource: 'cronjobs', kind: 'CronJob', isNamespaced: true },
  failure: 'failed to create cronjob:',
  declareOwn: (flags) => {
    flags.string('image', 'The image to run.', { isRequired: true });
    flags.string('schedule', 'When to run, in the format of cron.', { isRequired: true });
    flags.string('restart', 'The restart policy of its pods: OnFailure or Never');
  },
  generate: (invocation, name) => {
    const { flags } = invocation;
    const restart = flags.getString('restart') || 'OnFailure';
    const template = jobTemplate(name, flags.getString('image'), commandArguments(invocation), restart);
    return draft('batch/v1', 'CronJob', name, {
      spec: { schedule: flags.getString('schedule'), jobTemplate: { metadata: { name }, spec: { template } } },
      status: {},
    });
  },
});
