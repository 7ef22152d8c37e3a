import { describe, expect, it } from 'vitest';
import type { Service } from '../../../../api/generated/types.ts';
import type { ServiceAllocator } from '../../resource-definition.ts';
import { services } from '../services.ts';
import { cellsOf, context, written } from '../testing/strategy.ts';

/** Gives out 10.96.0.10 and 30000, and refuses 10.96.0.1 and 32767. */
const allocator: ServiceAllocator = {
  clusterIP: (asked) =>
    asked === '10.96.0.1' ? { refusal: 'provided IP is already allocated' } : { address: asked ?? '10.96.0.10' },
  nodePort: (asked) => (asked === 32767 ? { refusal: 'provided port is already allocated' } : { port: asked ?? 30000 }),
};

function service(spec: object = {}): Service {
  return written(services, { spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...spec } });
}

function allocated(given: Service, old?: Service): { readonly service: Service; readonly errors: readonly string[] } {
  const { object, errors } = services.allocate!(services.defaults!(given), old, allocator);
  return {
    service: services.prepareForCreate!(object, context),
    errors: errors.map(({ field, body }) => `${field}: ${body}`),
  };
}

function updateErrors(old: Service, change: object): readonly string[] {
  const changed = services.defaults!({ ...old, spec: { ...old.spec, ...change } });
  const { object, errors } = services.allocate!(changed, old, allocator);
  const next = services.prepareForUpdate!(object, old, context);
  const all = [...errors, ...services.validate!(next), ...services.validateUpdate!(next, old)];
  return all.map(({ field, body }) => `${field}: ${body}`);
}

describe('creating', () => {
  it('fills in addresses and all else', () => {
    expect(allocated(service()).service.spec).toEqual({
      selector: { app: 'web' },
      ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
      type: 'ClusterIP',
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      clusterIP: '10.96.0.10',
      clusterIPs: ['10.96.0.10'],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
    });
  });

  it('gives a node port', () => {
    const { spec } = allocated(service({ type: 'NodePort' })).service;
    expect(spec.ports).toEqual([{ port: 80, protocol: 'TCP', targetPort: 80, nodePort: 30000 }]);
    expect(spec.externalTrafficPolicy).toBe('Cluster');
  });

  it('gives a headless service nothing', () => {
    const { spec } = allocated(service({ clusterIP: 'None' })).service;
    expect([spec.clusterIP, spec.clusterIPs]).toEqual(['None', ['None']]);
  });

  it('refuses what is taken', () => {
    expect(allocated(service({ clusterIP: '10.96.0.1' })).errors).toEqual([
      'spec.clusterIPs: Invalid value: ["10.96.0.1"]: failed to allocate IP 10.96.0.1: provided IP is already allocated',
    ]);
    expect(allocated(service({ type: 'NodePort', ports: [{ port: 80, nodePort: 32767 }] })).errors).toEqual([
      'spec.ports[0].nodePort: Invalid value: 32767: provided port is already allocated',
    ]);
  });

  it.each<[string, object, readonly string[]]>([
    ['no ports', { ports: [] }, ['spec.ports: Required value']],
    [
      'a port out of range',
      { ports: [{ port: 70000 }] },
      [
        'spec.ports[0].port: Invalid value: 70000: must be between 1 and 65535, inclusive',
        'spec.ports[0].targetPort: Invalid value: 70000: must be between 1 and 65535, inclusive',
      ],
    ],
    [
      'two ports without names',
      { ports: [{ port: 80 }, { port: 81 }] },
      ['spec.ports[0].name: Required value', 'spec.ports[1].name: Required value'],
    ],
    [
      'an unknown type',
      { type: 'Magic' },
      [
        'spec.type: Unsupported value: "Magic": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
      ],
    ],
  ])('refuses %s', (_name, spec, errors) => {
    const given = allocated(service(spec)).service;
    expect(services.validate!(given).map(({ field, body }) => `${field}: ${body}`)).toEqual(errors);
  });
});

describe('updating', () => {
  const old = allocated(service()).service;

  it('keeps the address when it is left out', () => {
    expect(updateErrors(old, { clusterIP: undefined, clusterIPs: undefined })).toEqual([]);
  });

  it('refuses another address', () => {
    expect(updateErrors(old, { clusterIP: '10.96.0.20', clusterIPs: ['10.96.0.20'] })).toEqual([
      'spec.clusterIPs[0]: Invalid value: ["10.96.0.20"]: may not change once set',
    ]);
  });
});

describe('rows', () => {
  it.each<[object, readonly string[]]>([
    [{}, ['ClusterIP', '10.96.0.10', '<none>', '80/TCP']],
    [{ type: 'NodePort' }, ['NodePort', '10.96.0.10', '<none>', '80:30000/TCP']],
    [{ type: 'LoadBalancer' }, ['LoadBalancer', '10.96.0.10', '<pending>', '80:30000/TCP']],
    [{ clusterIP: 'None' }, ['ClusterIP', 'None', '<none>', '80/TCP']],
    [{ externalIPs: ['192.0.2.1'] }, ['ClusterIP', '10.96.0.10', '192.0.2.1', '80/TCP']],
  ])('%o', (spec, cells) => {
    expect(cellsOf(services, allocated(service(spec)).service)).toEqual(['web', ...cells, '10m']);
  });

  it('of an external name', () => {
    const given = service({ type: 'ExternalName', externalName: 'example.com', ports: [] });
    const cells = ['web', 'ExternalName', '<none>', 'example.com', '<none>', '10m', 'app=web'];
    expect(cellsOf(services, allocated(given).service, { wide: true })).toEqual(cells);
  });
});
