import { describe, expect, it } from 'vitest';
import { missing, suiteNote, useRealClients } from './real-clients.ts';

const boats = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: boats.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: boats, kind: Boat, shortNames: [bt], categories: [all]}
  versions:
  - name: v1
    served: true
    storage: true
    subresources:
      status: {}
      scale: {specReplicasPath: .spec.crew, statusReplicasPath: .status.aboard}
    additionalPrinterColumns:
    - {name: Crew, type: integer, jsonPath: .spec.crew}
    - {name: Flag, type: string, jsonPath: .spec.flag, priority: 1}
    schema:
      openAPIV3Schema:
        type: object
        description: Floats.
        properties:
          spec:
            type: object
            properties:
              crew: {type: integer, minimum: 1, description: How many sail it.}
              flag: {type: string, default: white}
            x-kubernetes-validations:
            - {rule: "self.flag != 'black'", message: no pirates}
          status: {type: object, properties: {aboard: {type: integer}}}
`;

const boat = (spec: object): { readonly stdin: string } => ({
  stdin: JSON.stringify({ apiVersion: 'example.com/v1', kind: 'Boat', metadata: { name: 'dinghy' }, spec }),
});

describe.skipIf(missing !== undefined)(`the real kubectl knows custom resources${suiteNote}`, () => {
  const { ok, fails } = useRealClients();

  it('defines them and waits until they are established', async () => {
    expect(await ok('apply -f -', { stdin: boats })).toBe(
      'customresourcedefinition.apiextensions.k8s.io/boats.example.com created\n',
    );
    expect(await ok('wait --for=condition=Established crd/boats.example.com --timeout=20s')).toContain('condition met');
    expect(await ok('api-resources --api-group=example.com --no-headers')).toMatch(
      /^boats +bt +example.com\/v1 +true +Boat/,
    );
    expect(await ok('explain boat.spec.crew')).toContain('How many sail it.');
  });

  it('applies, shows, patches, scales and deletes them', async () => {
    expect(await ok('apply -f -', boat({ crew: 2 }))).toBe('boat.example.com/dinghy created\n');
    expect(await ok('apply -f -', boat({ crew: 3 }))).toBe('boat.example.com/dinghy configured\n');
    expect(await ok('get bt')).toMatch(/^NAME +CREW\ndinghy +3\n$/);
    expect(await ok('get bt -o wide')).toMatch(/^NAME +CREW +FLAG\ndinghy +3 +white\n$/);
    expect(await ok('get all -o name')).toContain('boat.example.com/dinghy');
    await ok(`patch boat dinghy --type=merge -p '{"spec":{"flag":"red"}}'`);
    expect(await ok('scale boat dinghy --replicas=5')).toBe('boat.example.com/dinghy scaled\n');
    expect(await ok('get boat dinghy -o jsonpath={.spec}')).toBe('{"crew":5,"flag":"red"}');
    expect(await ok('apply --server-side --force-conflicts -f -', boat({ crew: 1 }))).toContain('serverside-applied');
    expect(await ok('delete boat dinghy')).toContain('deleted');
  });

  it('hears what is wrong with them', async () => {
    expect(await fails('apply -f -', boat({ crew: 0 }))).toContain(
      'spec.crew: Invalid value: 0: spec.crew in body should be greater than or equal to 1',
    );
    expect(await fails('apply -f -', boat({ flag: 'black' }))).toContain('spec: Invalid value: no pirates');
    expect(await fails('create -f -', boat({ mast: 1 }))).toContain('strict decoding error: unknown field "spec.mast"');
    expect(await fails('patch boat dinghy -p {}')).toContain('not found');
  });

  it('takes them away with their definition', async () => {
    await ok('apply -f -', boat({ crew: 2 }));
    expect(await ok('delete crd boats.example.com --timeout=20s')).toContain('deleted');
    // kubectl still has the discovery of a moment ago.
    expect(await fails('get boats')).toContain('the server could not find the requested resource');
  });
});
