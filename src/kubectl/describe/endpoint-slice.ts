import type { Endpoint, EndpointSlice } from '../../api/generated/types.ts';
import type { Describer } from './describer.ts';
import { aboutObject, writeEventsAbout } from './events.ts';
import { writeAnnotations, writeLabels } from './lists.ts';
import { DescribePage } from './page.ts';

/** Upstream: kubectl/pkg/describe/describe.go describeEndpointSliceV1 */
export const describeEndpointSlice: Describer<EndpointSlice> = async (slice, context) => {
  const { metadata, ports, endpoints } = slice;
  const page = new DescribePage();
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.field(0, 'AddressType', slice.addressType);
  if (ports?.length) {
    page.write(0, 'Ports:\n');
    page.write(1, 'Name\tPort\tProtocol\n');
    page.write(1, '----\t----\t--------\n');
    for (const { name, port, protocol } of ports)
      page.write(1, `${name || '<unset>'}\t${port ?? '<unset>'}\t${protocol ?? ''}\n`);
  } else page.write(0, 'Ports: <unset>\n');
  page.write(0, endpoints?.length ? 'Endpoints:\n' : 'Endpoints: <none>\n');
  for (const endpoint of endpoints ?? []) writeEndpoint(page, endpoint);
  await writeEventsAbout(page, context, aboutObject(slice));
  return page.end();
};

function writeEndpoint(page: DescribePage, endpoint: Endpoint): void {
  const { addresses, conditions, hostname, targetRef, nodeName, zone } = endpoint;
  page.write(1, `- Addresses:\t${addresses.join(', ') || '<none>'}\n`);
  page.write(2, 'Conditions:\n');
  page.field(3, 'Ready', conditions?.ready ?? '<unset>');
  page.field(2, 'Hostname', hostname ?? '<unset>');
  if (targetRef) page.field(2, 'TargetRef', `${targetRef.kind ?? ''}/${targetRef.name ?? ''}`);
  page.field(2, 'NodeName', nodeName ?? '<unset>');
  page.field(2, 'Zone', zone ?? '<unset>');
}
