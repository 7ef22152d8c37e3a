import { describe, expect, it } from 'vitest';
import { decodeObject, ProtobufError } from './decode.ts';

/** Bytes of a message, from fields written as [number, text | number | nested fields]. */
type Fields = readonly (readonly [number, string | number | Fields])[];

function encode(fields: Fields): number[] {
  return fields.flatMap(([number, value]) => {
    if (typeof value === 'number') return [number << 3, ...varint(value)];
    const bytes = typeof value === 'string' ? [...new TextEncoder().encode(value)] : encode(value);
    return [...varint((number << 3) | 2), ...varint(bytes.length), ...bytes];
  });
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(Math.floor(value / 128))];
}

const envelope = (apiVersion: string, kind: string, fields: Fields) =>
  new Uint8Array([
    0x6b,
    0x38,
    0x73,
    0x00,
    ...encode([
      [
        1,
        [
          [1, apiVersion],
          [2, kind],
        ],
      ],
      [2, fields],
    ]),
  ]);

describe('decodeObject', () => {
  it('reads nested messages, lists, maps, quantities, and either kind of IntOrString', () => {
    const container: Fields = [
      [1, 'web'],
      [
        8,
        [
          [
            2,
            [
              [1, 'cpu'],
              [2, [[1, '500m']]],
            ],
          ],
        ],
      ],
      [
        6,
        [
          [3, 8080],
          [4, ''],
        ],
      ],
    ];
    const strategy: Fields = [
      [
        2,
        [
          [
            1,
            [
              [1, 1],
              [2, 0],
              [3, '25%'],
            ],
          ],
          [
            2,
            [
              [1, 0],
              [2, 300],
              [3, ''],
            ],
          ],
        ],
      ],
    ];
    const deployment: Fields = [
      [
        1,
        [
          [1, 'web'],
          [2, ''],
          [
            11,
            [
              [1, 'app'],
              [2, 'web'],
            ],
          ],
        ],
      ],
      [
        2,
        [
          [1, 0],
          [3, [[2, [[2, container]]]]],
          [4, strategy],
        ],
      ],
    ];
    expect(decodeObject(envelope('apps/v1', 'Deployment', deployment))).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', labels: { app: 'web' } },
      spec: {
        replicas: 0,
        template: {
          spec: {
            containers: [{ name: 'web', resources: { requests: { cpu: '500m' } }, ports: [{ containerPort: 8080 }] }],
          },
        },
        strategy: { rollingUpdate: { maxUnavailable: '25%', maxSurge: 300 } },
      },
    });
  });

  it('lifts the fields of an embedded message to where JSON has them', () => {
    const volume: Fields = [
      [1, 'data'],
      [
        2,
        [
          [
            19,
            [
              [1, [[1, 'settings']]],
              [3, 420],
            ],
          ],
        ],
      ],
    ];
    const { spec } = decodeObject(envelope('v1', 'Pod', [[2, [[1, volume]]]])) as { spec: unknown };
    expect(spec).toEqual({ volumes: [{ name: 'data', configMap: { name: 'settings', defaultMode: 420 } }] });
  });

  it('reads the options of a delete whatever group they come from', () => {
    expect(
      decodeObject(
        envelope('apps/v1', 'DeleteOptions', [
          [1, 0],
          [4, 'Background'],
        ]),
      ),
    ).toEqual({
      apiVersion: 'apps/v1',
      kind: 'DeleteOptions',
      gracePeriodSeconds: 0,
      propagationPolicy: 'Background',
    });
  });

  it.each([
    { name: 'bytes that are no object', bytes: new Uint8Array([1, 2, 3, 4]) },
    { name: 'a kind that nobody knows', bytes: envelope('example.com/v1', 'Thing', []) },
  ])('refuses $name', ({ bytes }) => expect(() => decodeObject(bytes)).toThrow(ProtobufError));

  it('refuses a message that ends too early', () => {
    const whole = envelope('v1', 'Pod', [[1, [[1, 'web']]]]);
    expect(() => decodeObject(whole.subarray(0, whole.length - 2))).toThrow(RangeError);
  });
});
