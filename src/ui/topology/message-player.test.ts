import { describe, expect, it } from 'vitest';
import type { TraceMessage } from '../../api/index.ts';
import { MessagePlayer } from './message-player.ts';

const message = (id: number, causeId?: number, to = 'etcd'): TraceMessage => ({
  id,
  ...(causeId !== undefined && { causeId }),
  sentMs: 0,
  arrivesMs: 1,
  kind: 'write',
  from: { type: 'apiserver', name: '' },
  to: { type: to as 'etcd', name: '' },
  verb: 'put',
});

describe('MessagePlayer', () => {
  it('lets a message leave when the one that caused it has arrived', () => {
    const player = new MessagePlayer();
    player.add(message(1), 0);
    player.add(message(2, 1, 'scheduler'), 5);
    expect(player.flights[1]!.startMs).toBe(player.flights[0]!.endMs);
  });

  it('merges everything into flows while time runs fast', () => {
    const player = new MessagePlayer();
    player.isFast = true;
    for (let id = 1; id <= 5; id++) player.add(message(id, undefined, id % 2 ? 'etcd' : 'scheduler'), 0);
    expect(player.flights).toHaveLength(0);
    expect([...player.flows.values()].map(({ heat }) => heat)).toEqual([3, 2]);
  });

  it('lets messages of one way travel together', () => {
    const player = new MessagePlayer();
    for (let id = 1; id <= 20; id++) player.add(message(id), id);
    expect(player.flights).toHaveLength(1);
    expect(player.flights[0]!.count).toBe(20);
  });

  it('turns a chain that would fall too far behind into a flow', () => {
    const player = new MessagePlayer();
    for (let id = 1; id <= 40; id++) player.add(message(id, id - 1, `p${id % 7}`), 0);
    expect(player.flights.length).toBeLessThan(10);
    expect(player.flows.size).toBeGreaterThan(0);
  });

  it('comes to rest', () => {
    const player = new MessagePlayer();
    for (let id = 1; id <= 500; id++) player.add(message(id, id - 1, `p${id % 90}`), id);
    for (let now = 0; now < 12_000; now += 16) player.advance(now, 16);
    expect(player.isBusy).toBe(false);
  });
});
