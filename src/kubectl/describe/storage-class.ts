import type { StorageClass } from '../../api/generated/types.ts';
import type { Describer } from './describer.ts';
import { aboutObject, writeEventsAbout } from './events.ts';
import { goBool, labelsText } from './lists.ts';
import { DescribePage } from './page.ts';

const defaultAnnotations = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
];

/** Upstream: kubectl/pkg/describe/describe.go describeStorageClass */
export const describeStorageClass: Describer<StorageClass> = async (storageClass, context) => {
  const { metadata, provisioner, parameters, mountOptions = [] } = storageClass;
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  const isDefault = defaultAnnotations.some((name) => metadata.annotations?.[name] === 'true');
  page.field(0, 'IsDefaultClass', isDefault ? 'Yes' : 'No');
  page.field(0, 'Annotations', labelsText(metadata.annotations));
  page.field(0, 'Provisioner', provisioner);
  page.field(0, 'Parameters', labelsText(parameters));
  page.field(0, 'AllowVolumeExpansion', goBool(storageClass.allowVolumeExpansion));
  if (mountOptions.length === 0) page.field(0, 'MountOptions', '<none>');
  else page.write(0, 'MountOptions:\n');
  for (const option of mountOptions) page.write(1, `${option}\n`);
  if (storageClass.reclaimPolicy) page.field(0, 'ReclaimPolicy', storageClass.reclaimPolicy);
  if (storageClass.volumeBindingMode) page.field(0, 'VolumeBindingMode', storageClass.volumeBindingMode);
  writeTopologies(page, storageClass);
  await writeEventsAbout(page, context, aboutObject(storageClass));
  return page.end();
};

function writeTopologies(page: DescribePage, { allowedTopologies }: StorageClass): void {
  if (!allowedTopologies) return;
  page.write(0, `AllowedTopologies:\t${allowedTopologies.length === 0 ? '<none>' : ''}\n`);
  allowedTopologies.forEach(({ matchLabelExpressions = [] }, index) => {
    page.write(1, `Term ${index}:\t`);
    if (matchLabelExpressions.length === 0) page.write(0, '<none>\n');
    matchLabelExpressions.forEach(({ key, values }, position) => {
      page.write(0, `${position > 0 ? '  \t' : ''}${key} in [${values.join(', ')}]\n`);
    });
  });
}
