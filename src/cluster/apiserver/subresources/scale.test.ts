import { expect, it } from 'vitest';
import { createCluster } from '../../cluster.ts';
import { TestClient } from '../test-client.ts';

it.each([
  ['no JSON', '{"spec":', 'error decoding patch: unexpected end of JSON input'],
  ['a number that is none', '{"spec":{"replicas":"many"}}', 'replicas'],
])('refuses a patch that is %s', (_, patch, message) => {
  const client = new TestClient(createCluster({ seed: 1, nodes: [] }));
  const labels = { app: 'web' };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx' }] } };
  const url = '/apis/apps/v1/namespaces/default/deployments';
  client.send('POST', url, { metadata: { name: 'web' }, spec: { selector: { matchLabels: labels }, template } });
  const { status, body } = client.patch<{ message: string }>(`${url}/web/scale`, 'application/merge-patch+json', patch);
  expect([status, body.message]).toEqual([400, expect.stringContaining(message)]);
});
