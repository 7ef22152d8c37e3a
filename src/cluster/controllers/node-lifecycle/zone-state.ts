/**
 * How much of a zone is down. When everything is, the fault is probably ours, and nobody is evicted.
 * Upstream: node_lifecycle_controller.go ComputeZoneState, handleDisruption
 */
export type ZoneState = 'Normal' | 'PartialDisruption' | 'FullDisruption';

const unhealthyShare = 0.55;
/** One node every ten seconds. */
const usualIntervalMs = 10_000;
/** One node every hundred seconds, in large zones that are mostly down. */
const slowIntervalMs = 100_000;
const largeZoneNodes = 50;

export function zoneState(readyCount: number, notReadyCount: number): ZoneState {
  if (readyCount === 0 && notReadyCount > 0) return 'FullDisruption';
  const isMostlyDown = notReadyCount > 2 && notReadyCount / (notReadyCount + readyCount) >= unhealthyShare;
  return isMostlyDown ? 'PartialDisruption' : 'Normal';
}

/** The time between two nodes whose pods are driven off; undefined for never. */
export function evictionIntervalMs(state: ZoneState, nodeCount: number, areAllFullyDown: boolean): number | undefined {
  if (areAllFullyDown) return undefined;
  if (state !== 'PartialDisruption') return usualIntervalMs;
  return nodeCount > largeZoneNodes ? slowIntervalMs : undefined;
}
