/**
 * Sets a pod's volumes up before its containers start, and tries again as long as something is missing.
 * Upstream: pkg/kubelet/volumemanager/volume_manager.go WaitForAttachAndMount
 */
import type { Routine } from '../../../kernel/index.ts';
import { goQuote } from '../../../api/json.ts';
import { cryptography } from '../../pki/cryptography.ts';
import { ConfigError, MountError } from '../environment/config-source.ts';
import type { PodState } from '../pod-state.ts';
import { pause } from '../task.ts';
import { mountBackOffMs, timing } from '../timing.ts';
import { mountVolume } from './mounted-volume.ts';
import type { PayloadInput } from './payload.ts';
import { serviceAccountToken } from './service-account-token.ts';

/** Says whether all volumes are there; false when the pod has none of them in time (it gives up after two minutes, and is asked again). */
export function* mountVolumes(state: PodState): Routine<boolean> {
  const missing = () => (state.pod.spec.volumes ?? []).filter(({ name }) => !state.volumes.has(name));
  if (missing().length === 0) return true;
  const { clock, random, files, storage } = state.parts;
  if (needsToken(state)) clock.awaitCode(cryptography);
  yield* pause(clock, timing.mount(random), state.label('mount volumes'));
  for (let waitMs: number = mountBackOffMs.first; ; waitMs = Math.min(waitMs * 2, mountBackOffMs.limit)) {
    const input = payloadInputOf(state);
    for (const volume of missing()) {
      try {
        state.volumes.set(volume.name, mountVolume(volume, input, clock, files, storage));
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        const isWhole = error instanceof MountError;
        const setUp = `MountVolume.SetUp failed for volume ${goQuote(volume.name)} : ${error.message}`;
        state.record('Warning', 'FailedMount', isWhole ? error.message : setUp);
      }
    }
    if (missing().length === 0) return true;
    yield* pause(clock, waitMs, state.label('retry mount'));
  }
}

/** The token itself is made when a program first looks at it. */
function needsToken({ pod }: PodState): boolean {
  return (pod.spec.volumes ?? []).some(({ projected }) =>
    projected?.sources?.some(({ serviceAccountToken: token }) => token !== undefined),
  );
}

/** Shows in the volumes what their config maps and secrets hold now. What has gone missing stays as it was. */
export function refreshVolumes(state: PodState): void {
  const input = payloadInputOf(state);
  for (const volume of state.volumes.values()) {
    try {
      volume.refresh(input);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const message = `MountVolume.SetUp failed for volume ${goQuote(volume.name)} : ${error.message}`;
      state.record('Warning', 'FailedMount', message);
    }
  }
}

function payloadInputOf(state: PodState): PayloadInput {
  const { parts, runtime, pod } = state;
  return {
    pod,
    addresses: { podIP: runtime.podIP ?? '', hostIP: parts.node.address },
    config: parts.config,
    allocatable: parts.allocatable,
    token: (audience, seconds) => serviceAccountToken(pod, audience, seconds, parts.context.client),
  };
}
