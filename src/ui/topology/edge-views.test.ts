import { expect, it } from 'vitest';
import type { Ingress, Pod } from '../../api/generated/types.ts';
import { ingressViewOf } from './ingress-views.ts';
import { volumeRef, volumesOf } from './volume-marks.ts';

it('shows the volumes that somebody chose, and leads to what is behind them', () => {
  const pod = {
    spec: {
      volumes: [
        { name: 'kube-api-access-x', projected: { sources: [] } },
        { name: 'data', persistentVolumeClaim: { claimName: 'disk' } },
        { name: 'config', configMap: { name: 'settings' } },
        { name: 'keys', secret: { secretName: 'tls' } },
        { name: 'tmp', emptyDir: {} },
        { name: 'host', hostPath: { path: '/' } },
      ],
    },
  } as unknown as Pod;
  const marks = volumesOf(pod);
  expect(marks.map(({ kind, source }) => `${kind} ${source}`)).toEqual([
    'claim disk',
    'config settings',
    'secret tls',
    'scratch tmp',
    'other host',
  ]);
  expect(marks.map((mark) => volumeRef(mark, 'shop')?.key)).toEqual([
    'shop/disk',
    'shop/settings',
    'shop/tls',
    undefined,
    undefined,
  ]);
});

it('gathers the services that an ingress leads to, each once', () => {
  const backend = (name: string) => ({ backend: { service: { name } } });
  const ingress = {
    metadata: { name: 'front', namespace: 'shop' },
    spec: {
      defaultBackend: backend('web').backend,
      rules: [
        { host: 'shop.example.com', http: { paths: [backend('web'), backend('api')] } },
        { host: 'other.example.com' },
      ],
    },
  } as unknown as Ingress;
  expect(ingressViewOf(ingress)).toEqual({
    key: 'shop/front',
    name: 'front',
    hosts: 'shop.example.com +1',
    services: ['shop/web', 'shop/api'],
  });
});
