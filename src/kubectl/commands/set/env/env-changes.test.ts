import { describe, expect, it } from 'vitest';
import { parseEnv, refuseOverwrites, splitEnvArguments, updateEnv } from './env-changes.ts';

const noInput = () => Promise.reject(new Error('no input'));

describe('splitEnvArguments', () => {
  it('takes resources first', () =>
    expect(splitEnvArguments(['deploy', 'web', 'A=b', 'C-'])).toEqual({
      resources: ['deploy', 'web'],
      specs: ['A=b', 'C-'],
    }));

  it('refuses resources after variables', () =>
    expect(() => splitEnvArguments(['deploy', 'A=b', 'web'])).toThrow(
      'all resources must be specified before environment changes: deploy A=b web',
    ));
});

describe('parseEnv', () => {
  it.each([
    { specs: ['A=b=c'], added: [{ name: 'A', value: 'b=c' }], removed: [] },
    { specs: ['A='], added: [{ name: 'A' }], removed: [] },
    { specs: ['A-', 'B=1'], added: [{ name: 'B', value: '1' }], removed: ['A'] },
  ])('reads $specs', async ({ specs, added, removed }) =>
    expect(await parseEnv(specs, noInput)).toEqual({ added, removed }),
  );

  it('reads standard input for a dash', async () =>
    expect(await parseEnv(['-'], () => Promise.resolve('A=1\n# B=2\nC=3 # four\nD\n'))).toEqual({
      added: [
        { name: 'A', value: '1' },
        { name: 'C', value: '3 ' },
      ],
      removed: [],
    }));

  it.each([
    { specs: ['1=2'], problem: /^"1" is not a valid key name: a valid environment variable name must consist of/ },
    { specs: ['A'], problem: 'unknown environment variable: A' },
    {
      specs: ['A=b', 'A-'],
      problem: 'can not both modify and remove the same environment variable in the same command',
    },
  ])('refuses $specs', async ({ specs, problem }) => expect(parseEnv(specs, noInput)).rejects.toThrow(problem));
});

it('changes variables where they stand, adds new ones at the end', () =>
  expect(
    updateEnv([{ name: 'A', value: '1' }, { name: 'B', value: '2' }, { name: 'A', value: '3' }, { name: 'C' }], {
      added: [
        { name: 'D', value: '4' },
        { name: 'A', value: '5' },
      ],
      removed: ['C'],
    }),
  ).toEqual([
    { name: 'A', value: '5' },
    { name: 'B', value: '2' },
    { name: 'D', value: '4' },
  ]));

it('refuses to overwrite only what differs', () => {
  const current = [{ name: 'A', value: '1' }];
  expect(() => refuseOverwrites(current, { added: [{ name: 'A', value: '1' }], removed: [] })).not.toThrow();
  expect(() => refuseOverwrites(current, { added: [{ name: 'A', value: '2' }], removed: [] })).toThrow(
    "'A' already has a value (1), and --overwrite is false",
  );
});
