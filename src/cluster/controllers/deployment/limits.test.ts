import { expect, it } from 'vitest';
import { resolveLimits } from './limits.ts';

it.each([
  { name: 'rounds surge up and unavailability down', surge: '25%', unavailable: '25%', replicas: 10, expected: [3, 2] },
  { name: 'takes plain numbers as they are', surge: 2, unavailable: 1, replicas: 10, expected: [2, 1] },
  {
    name: 'lets one be unavailable when nothing could move',
    surge: '0%',
    unavailable: '1%',
    replicas: 2,
    expected: [0, 1],
  },
  { name: 'needs no unavailability when it may surge', surge: '1%', unavailable: '25%', replicas: 2, expected: [1, 0] },
  { name: 'takes what is missing for 0', surge: undefined, unavailable: undefined, replicas: 3, expected: [0, 1] },
  { name: 'allows more than 100 %', surge: '150%', unavailable: 0, replicas: 3, expected: [5, 0] },
])('$name', ({ surge, unavailable, replicas, expected }) => {
  const limits = resolveLimits(surge, unavailable, replicas);
  expect([limits.surge, limits.unavailable]).toEqual(expected);
});
