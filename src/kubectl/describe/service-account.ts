import type { ServiceAccount } from '../../api/generated/types.ts';
import type { Describer } from './describer.ts';
import { aboutObject, writeEventsAbout } from './events.ts';
import { writeAnnotations, writeLabels } from './lists.ts';
import { DescribePage } from './page.ts';

/** Upstream: kubectl/pkg/describe/describe.go describeServiceAccount */
export const describeServiceAccount: Describer<ServiceAccount> = async (serviceAccount, context) => {
  const { metadata, imagePullSecrets } = serviceAccount;
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  const title = 'Image pull secrets:';
  if (!imagePullSecrets?.length) page.write(0, `${title}\t<none>\n`);
  imagePullSecrets?.forEach(({ name }, index) => {
    page.write(0, `${index === 0 ? title : ' '.repeat(title.length)}\t${name ?? ''}\n`);
  });
  await writeEventsAbout(page, context, aboutObject(serviceAccount));
  return page.end();
};
