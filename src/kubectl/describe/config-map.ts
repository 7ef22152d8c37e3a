import type { ConfigMap } from '../../api/generated/types.ts';
import type { Describer } from './describer.ts';
import { aboutObject, writeEventsAbout } from './events.ts';
import { writeAnnotations, writeLabels } from './lists.ts';
import { DescribePage } from './page.ts';

/** Upstream: kubectl/pkg/describe/describe.go ConfigMapDescriber */
export const describeConfigMap: Describer<ConfigMap> = async (configMap, context) => {
  const { metadata, data = {}, binaryData = {} } = configMap;
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.write(0, '\nData\n====\n');
  for (const key of Object.keys(data).sort()) {
    page.write(0, `${key}:\n----\n`);
    page.write(0, `${data[key]}\n`);
    page.write(0, '\n');
  }
  page.write(0, '\nBinaryData\n====\n');
  for (const key of Object.keys(binaryData).sort()) page.write(0, `${key}: ${base64Length(binaryData[key]!)} bytes\n`);
  page.write(0, '\n');
  await writeEventsAbout(page, context, aboutObject(configMap));
  return page.end();
};

/** How many bytes a base64 text stands for. */
export function base64Length(text: string): number {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return (text.length / 4) * 3 - padding;
}
