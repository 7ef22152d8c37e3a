import type { Endpoints, EndpointAddress } from '../../api/generated/types.ts';
import type { Describer } from './describer.ts';
import { aboutObject, writeEventsAbout } from './events.ts';
import { writeAnnotations, writeLabels } from './lists.ts';
import { DescribePage } from './page.ts';

/** Upstream: kubectl/pkg/describe/describe.go describeEndpoints */
export const describeEndpoints: Describer<Endpoints> = async (endpoints, context) => {
  const { metadata, subsets } = endpoints;
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.write(0, 'Subsets:\n');
  for (const { addresses, notReadyAddresses, ports } of subsets ?? []) {
    page.field(1, 'Addresses', addressesText(addresses));
    page.field(1, 'NotReadyAddresses', addressesText(notReadyAddresses));
    if (ports?.length) {
      page.write(1, 'Ports:\n');
      page.write(2, 'Name\tPort\tProtocol\n');
      page.write(2, '----\t----\t--------\n');
      for (const { name, port, protocol } of ports) page.write(2, `${name || '<unset>'}\t${port}\t${protocol ?? ''}\n`);
    }
    page.write(0, '\n');
  }
  await writeEventsAbout(page, context, aboutObject(endpoints));
  return page.end();
};

function addressesText(addresses: readonly EndpointAddress[] | undefined): string {
  return (addresses ?? []).map(({ ip }) => ip).join(',') || '<none>';
}
