import type { Secret } from '../../api/generated/types.ts';
import { base64Length } from './config-map.ts';
import type { Describer } from './describer.ts';
import { writeAnnotations, writeLabels } from './lists.ts';
import { DescribePage } from './page.ts';

/** Sizes only; the token of a service account is shown. Upstream: kubectl/pkg/describe/describe.go describeSecret */
export const describeSecret: Describer<Secret> = async (secret) => {
  const { metadata, type, data = {} } = secret;
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.write(0, `\nType:\t${type ?? ''}\n`);
  page.write(0, '\nData\n====\n');
  for (const key of Object.keys(data).sort()) {
    const isToken = key === 'token' && type === 'kubernetes.io/service-account-token';
    page.field(0, key, isToken ? atob(data[key]!) : `${base64Length(data[key]!)} bytes`);
  }
  return page.end();
};
