import { expect, it } from 'vitest';
import { TestCluster } from './testing/test-cluster.ts';

it('runs a pod', () => {
  const cluster = new TestCluster();
  cluster.create('web', {});
  cluster.run(10);
  console.log(JSON.stringify(cluster.pod('web')?.status, null, 1));
  console.log(cluster.events('web'), cluster.events('node-1'));
  expect(cluster.pod('web')?.status.phase).toBe('Running');
});
