import type { ClusterRoleBinding, RoleBinding } from '../../api/generated/types.ts';
import type { Describer } from './describer.ts';
import { writeAnnotations, writeLabels } from './lists.ts';
import { DescribePage } from './page.ts';

/** Upstream: kubectl/pkg/describe/describe.go RoleBindingDescriber, ClusterRoleBindingDescriber */
export const describeRoleBinding: Describer<RoleBinding | ClusterRoleBinding> = async (binding) => {
  const { metadata, roleRef, subjects } = binding;
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.write(0, 'Role:\n');
  page.field(1, 'Kind', roleRef.kind);
  page.field(1, 'Name', roleRef.name);
  page.write(0, 'Subjects:\n');
  page.write(1, 'Kind\tName\tNamespace\n');
  page.write(1, '----\t----\t---------\n');
  for (const { kind, name, namespace = '' } of subjects ?? []) page.write(1, `${kind}\t${name}\t${namespace}\n`);
  return page.end();
};
