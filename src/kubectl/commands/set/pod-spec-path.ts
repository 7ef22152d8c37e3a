import type { RestMapping } from '../../rest/rest-mapper.ts';

const template = ['spec', 'template', 'spec'];

const paths: Readonly<Record<string, readonly string[]>> = {
  'Pod.': ['spec'],
  'ReplicationController.': template,
  'Deployment.apps': template,
  'ReplicaSet.apps': template,
  'DaemonSet.apps': template,
  'StatefulSet.apps': template,
  'Job.batch': template,
  'CronJob.batch': ['spec', 'jobTemplate', ...template],
};

/** Where a kind has its pod spec. Upstream: kubectl/pkg/polymorphichelpers/updatepodspecforobject.go */
export function podSpecPath({ kind, group }: RestMapping): readonly string[] | undefined {
  return paths[`${kind}.${group}`];
}
